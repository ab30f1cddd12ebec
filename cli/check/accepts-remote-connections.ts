import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { formatFailure } from '../../rehearsal/http/connection-error';
import { type CheckResult, failed, ok, skipped } from './check-result';
import type { CheckedTask } from './checked-task';

const CONNECT_TIMEOUT_MILLIS = 2000;

/** Connects to an address of this machine other than 127.0.0.1, as a load balancer does from another host. */
export async function acceptsRemoteConnections(task: CheckedTask): Promise<CheckResult> {
  // every request to a container comes from outside its network namespace, so the health check has tested this.
  if (task.isContainer) return ok('it accepts connections from outside its container, not only on 127.0.0.1');
  const address = otherLocalAddress();
  if (address === undefined) return skipped('this machine has no address other than 127.0.0.1');
  const failure = await connectFailure(task.hostPort, address);
  if (failure === undefined) return ok(`it listens on ${address} too, not only on 127.0.0.1`);
  return failed(
    `${failure} at ${address}, but not at 127.0.0.1: a load balancer could not connect`,
    'listen on all addresses, 0.0.0.0, not on localhost or 127.0.0.1',
  );
}

/** An address of this machine other than 127.0.0.1. On Linux all of 127.0.0.0/8 is this machine, and needs no network. */
function otherLocalAddress(): string | undefined {
  if (process.platform === 'linux') return '127.0.0.2';
  const addresses = Object.values(networkInterfaces()).flatMap((ofInterface) => ofInterface ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

async function connectFailure(port: number, host: string): Promise<string | undefined> {
  const socket = connect({ port, host });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MILLIS) });
    return undefined;
  } catch (error) {
    return formatFailure(error as Error, CONNECT_TIMEOUT_MILLIS / 1000);
  } finally {
    socket.destroy();
  }
}
