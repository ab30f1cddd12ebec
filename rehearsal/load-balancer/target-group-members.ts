import { type TargetCounts, targetCountsOf } from '../../src/metrics/targets-of-groups';
import { LoadBalancerMetrics } from './load-balancer-metrics';
import type { Router } from './routing-algorithms';
import type { Target } from './target';
import { TargetSelector } from './weighted-target-groups';

/** The targets that a request is for: all of a load balancer, or those of one group. */
export type RequestedTargets = Pick<TargetGroupMembers, 'selector' | 'metrics'>;

/** The registered targets of one target group, and what it counts. */
export class TargetGroupMembers {
  public readonly selector: TargetSelector;
  public readonly metrics: LoadBalancerMetrics;
  private readonly targets = new Set<Target>();

  /** @param total also counts what this group counts. */
  public constructor(createRouter: () => Router, total: LoadBalancerMetrics) {
    this.selector = new TargetSelector(createRouter, () => 1);
    this.metrics = new LoadBalancerMetrics(total);
  }

  public add(target: Target): void {
    this.targets.add(target);
  }

  public remove(target: Target): void {
    this.targets.delete(target);
  }

  /** To be called after a target has changed. */
  public update(): void {
    const targets = [...this.targets];
    this.selector.update(targets);
    this.metrics.setTargets({ healthy: healthyCountOf(targets), registered: targets.length });
  }
}

/** The targets that all requests are divided by: those that get traffic, of the old and of the new target group. */
export function countReceiving(registered: readonly Target[]): TargetCounts {
  const receiving = registered.filter((target) => target.trafficShare > 0);
  const groups = [false, true].map((isNew) => receiving.filter(({ isInNewTargetGroup }) => isInNewTargetGroup === isNew));
  return targetCountsOf(
    groups.map((targets) => ({
      healthy: healthyCountOf(targets),
      registered: targets.length,
      shareOfTarget: targets[0]?.trafficShare ?? 0,
    })),
  );
}

/** The number of targets that pass their health checks. */
export function healthyCountOf(targets: readonly Target[]): number {
  return targets.filter(({ state }) => state === 'healthy').length;
}
