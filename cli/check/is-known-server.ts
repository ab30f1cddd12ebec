import { type ServerMeasurement, versionRange } from '../../src/servers/known-server';
import { type CheckResult, ok, skipped } from './check-result';
import type { CheckedTask } from './checked-task';

/** Names the server and its version, and what the table of known servers has about it. */
export async function isKnownServer({ knownServer }: CheckedTask): Promise<CheckResult> {
  if (knownServer === undefined) return skipped('its server is not in the table of known servers: the advice is for any server');
  const { server, version, measurement } = knownServer;
  const name = version === undefined || version === '' ? server.name : `${server.name} ${version}`;
  if (measurement === undefined) return ok(server.note === undefined ? name : `${name}; ${server.note}`);
  return ok(`${name}; ${measurementText(measurement)}`);
}

/** What a measurement says, such as `closes idle connections after 5 s`. */
export function measurementText(measurement: ServerMeasurement): string {
  const { completesRequests, variant, date } = measurement;
  const settings = variant === undefined ? 'with its defaults' : `with ${variant}`;
  const stop = completesRequests === undefined ? '' : `, and ${completesRequests ? 'completes' : 'loses'} what is under way at SIGTERM`;
  return `${settings} ${versionRange(measurement)} ${idleText(measurement)}${stop} (measured ${date})`;
}

function idleText({ idleSeconds }: ServerMeasurement): string {
  if (idleSeconds === 'each') return 'closes each connection after one response';
  return idleSeconds === 'over 80' ? 'keeps idle connections for over 80 s' : `closes idle connections after ${idleSeconds} s`;
}
