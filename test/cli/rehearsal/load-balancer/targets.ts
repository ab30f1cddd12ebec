import { Target } from '../../../../cli/rehearsal/load-balancer/target';

/** Targets that nobody listens behind, each on the port of its place. */
export function targets(count: number): Target[] {
  const rules = { initialHealthChecks: 1, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };
  return Array.from({ length: count }, (_, place) => new Target({ port: place + 1, rules, silenceMillis: 1000 }));
}

/** How many of some requests each port serves, in the order of the ports. */
export function shares(all: readonly Target[], next: () => Target, requests: number): number[] {
  const counts = new Map(all.map((target) => [target, 0]));
  for (let request = 0; request < requests; request += 1) {
    const target = next();
    counts.set(target, counts.get(target)! + 1);
  }
  return [...counts.values()];
}
