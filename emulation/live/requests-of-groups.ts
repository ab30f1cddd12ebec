import type { LoadBalancerCounters } from '../../rehearsal/load-balancer/load-balancer-metrics';
import type { FleetCounters } from '../../src/scaling/fleet';
import { TARGET_GROUP_PARTS, type TargetGroupPart } from './live-traffic';

type RequestCounters = Pick<FleetCounters, 'requests' | 'healthyTargetSeconds' | 'registeredTargetSeconds'>;

/**
 * The sum of the requests per target of both target groups of a service whose deployments shift traffic, as a policy with metric math adds them:
 * while both have traffic, each divides its requests by its own targets.
 */
export class RequestsOfGroups {
  private readonly before = new Map<TargetGroupPart, LoadBalancerCounters>();
  private requestsPerTarget = 0;
  private seconds = 0;

  public constructor(private readonly countersOf: (part: TargetGroupPart) => LoadBalancerCounters) {}

  /** The counters since the start: those of one target that gets the sum. To be read at least once in each period. */
  public read(): RequestCounters {
    for (const part of TARGET_GROUP_PARTS) this.add(part, this.countersOf(part));
    return { requests: this.requestsPerTarget, healthyTargetSeconds: this.seconds, registeredTargetSeconds: this.seconds };
  }

  private add(part: TargetGroupPart, now: LoadBalancerCounters): void {
    const before = this.before.get(part) ?? { seconds: 0, requests: 0, healthyTargetSeconds: 0 };
    this.before.set(part, now);
    const seconds = now.seconds - before.seconds;
    const targetSeconds = now.healthyTargetSeconds - before.healthyTargetSeconds;
    if (targetSeconds > 0) this.requestsPerTarget += ((now.requests - before.requests) * seconds) / targetSeconds;
    // the groups count the same time.
    if (part === 'first') this.seconds += seconds;
  }
}
