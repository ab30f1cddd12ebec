/** The targets of a target group that gets a share of the traffic. */
export interface TargetsOfGroup {
  readonly healthy: number;
  /** Of any health status. */
  readonly registered: number;
  /** The share of the traffic that each target gets, relative to those of the other group. */
  readonly shareOfTarget: number;
}

/** The numbers of targets that all requests are divided by. */
export interface TargetCounts {
  /** The registered ones while none is healthy. */
  readonly healthy: number;
  readonly registered: number;
}

/**
 * The numbers of targets by which all requests are divided for the sum of `RequestCountPerTarget` over the target groups.
 *
 * The metric belongs to one target group, and each group divides the requests that it gets by its own targets
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html): while a deployment shifts the traffic
 * between two groups of four, the sum is that of one group of four.
 */
export function targetCountsOf(groups: readonly TargetsOfGroup[]): TargetCounts {
  const registered = meanCount(groups, (group) => group.registered);
  return { healthy: meanCount(groups, (group) => group.healthy) || registered, registered };
}

/** The mean of the numbers of targets, weighted with the share of one target of each group. */
function meanCount(groups: readonly TargetsOfGroup[], countOf: (group: TargetsOfGroup) => number): number {
  const withTargets = groups.filter((group) => countOf(group) > 0);
  // the number itself, to the last digit.
  if (withTargets.length <= 1) return withTargets[0] === undefined ? 0 : countOf(withTargets[0]);
  const shares = withTargets.reduce((sum, group) => sum + group.shareOfTarget, 0);
  return withTargets.reduce((sum, group) => sum + countOf(group) * group.shareOfTarget, 0) / shares;
}
