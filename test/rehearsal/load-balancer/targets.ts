import { Target } from '../../../rehearsal/load-balancer/target';

/** Targets without servers, each on the port of its index. */
export function targets(count: number): Target[] {
  const thresholds = { initialHealthChecks: 1, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };
  return Array.from({ length: count }, (_, index) => new Target({ port: index + 1, thresholds, idleTimeoutMillis: 1000 }));
}

/** The number of requests that each target gets. */
export function shares(all: readonly Target[], next: () => Target, requests: number): number[] {
  const counts = new Map(all.map((target) => [target, 0]));
  for (let request = 0; request < requests; request += 1) {
    const target = next();
    counts.set(target, counts.get(target)! + 1);
  }
  return [...counts.values()];
}
