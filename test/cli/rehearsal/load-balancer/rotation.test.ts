import { expect, test } from 'vitest';
import { Rotation } from '../../../../cli/rehearsal/load-balancer/rotation';
import { RoundRobin } from '../../../../cli/rehearsal/load-balancer/round-robin';
import { SlowStart } from '../../../../cli/rehearsal/load-balancer/slow-start';
import { Target } from '../../../../cli/rehearsal/load-balancer/target';
import { SimulatedTime } from '../../../../src/time/simulated-time';

/** A target on the port of its place in the list, after health checks: P passed, F failed. */
function target(checks: string, place: number): Target {
  const rules = { initialHealthChecks: 1, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };
  const made = new Target({ port: place + 1, rules, silenceMillis: 1000 });
  for (const check of checks) made.note(check === 'P' ? undefined : 'connection refused');
  return made;
}

/** The ports that serve six requests, in the order of the ports. */
function servedBy(...targets: string[]): (number | undefined)[] {
  const rotation = new Rotation(() => new RoundRobin(new SlowStart(new SimulatedTime(), 0)));
  rotation.update(targets.map(target));
  return Array.from({ length: 6 }, () => rotation.next()?.port).sort();
}

test.each([
  { targets: [], ports: [] },
  { targets: ['P'], ports: [1, 1, 1, 1, 1, 1] },
  { targets: ['P', 'P', 'P'], ports: [1, 1, 2, 2, 3, 3] },
  { targets: ['P', '', 'P'], ports: [1, 1, 1, 3, 3, 3] },
  { targets: ['P', 'FF', 'F'], ports: [1, 1, 1, 1, 1, 1] },
  { targets: ['', ''], ports: [] },
  { targets: ['FF', 'FFP'], ports: [1, 1, 1, 2, 2, 2] },
  { targets: ['F', ''], ports: [1, 1, 1, 2, 2, 2] },
])('targets that went $targets share six requests as $ports', ({ targets, ports }) => {
  expect(servedBy(...targets).filter(Boolean)).toEqual(ports);
});
