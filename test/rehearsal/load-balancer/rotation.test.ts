import { expect, test } from 'vitest';
import { RoundRobin, SlowStart } from '../../../rehearsal/load-balancer/routing-algorithms';
import { Target } from '../../../rehearsal/load-balancer/target';
import { TargetSelector } from '../../../rehearsal/load-balancer/weighted-target-groups';
import { SimulatedClock } from '../../../src/time/simulated-clock';

/** A target on the port of its index, after health checks: P passed, F failed. */
function target(checks: string, index: number): Target {
  const thresholds = { initialHealthChecks: 1, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };
  const created = new Target({ port: index + 1, thresholds, idleTimeoutMillis: 1000 });
  for (const check of checks) created.recordHealthCheck(check === 'P' ? undefined : 'connection refused');
  return created;
}

/** The ports that serve six requests, in the order of the ports. */
function servedBy(...targets: string[]): (number | undefined)[] {
  const selector = new TargetSelector(() => new RoundRobin(new SlowStart(new SimulatedClock(), 0)));
  selector.update(targets.map(target));
  return Array.from({ length: 6 }, () => selector.next()?.port).sort();
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
])('targets with the checks $targets get six requests at the ports $ports', ({ targets, ports }) => {
  expect(servedBy(...targets).filter(Boolean)).toEqual(ports);
});
