import type { Router } from './routing-algorithms';
import type { Target } from './target';

/** The weight of a target compared with others. A target with 0 gets no requests. */
type ShareOfTraffic = (target: Target) => number;

const trafficShareOf: ShareOfTraffic = ({ trafficShare }) => trafficShare;

/** Targets with the same share of the traffic, and their router. */
interface TargetGroup {
  readonly targets: readonly Target[];
  /** The weight of the group, relative to the other groups. */
  readonly weight: number;
  readonly router: Router;
  /** How far the group is behind its share of the requests, multiplied by the sum of the weights. */
  deficit: number;
}

/**
 * Chooses a target group by its weight, and a target within the group by its routing algorithm.
 *
 * While a deployment shifts traffic, each revision has a target group of its own, and the listener has a weight for each. Otherwise
 * there is one group.
 */
export class TargetGroups {
  private groups: readonly TargetGroup[] = [];

  public constructor(
    private readonly createRouter: () => Router,
    private readonly shareOf: ShareOfTraffic = trafficShareOf,
  ) {}

  public update(serving: readonly Target[]): void {
    const known = [...this.groups];
    this.groups = groupsByShare(serving, this.shareOf).map((targets) => ({
      ...(takeGroup(known, targets) ?? { router: this.createRouter(), deficit: 0 }),
      targets,
      weight: targets.length * this.shareOf(targets[0]!),
    }));
    for (const { router, targets } of this.groups) router.update(targets);
  }

  /** @param stickyTarget the target that the client is bound to. It is chosen if it belongs to the chosen group. */
  public next(stickyTarget?: Target): Target {
    const { router, targets } = this.groups.length === 1 ? this.groups[0]! : this.nextGroup();
    return stickyTarget !== undefined && targets.includes(stickyTarget) ? stickyTarget : router.next();
  }

  /** Chooses the group that is furthest behind its share. Each request adds every group's weight to its deficit, and their sum is deducted from the chosen one. */
  private nextGroup(): TargetGroup {
    let total = 0;
    let chosen = this.groups[0]!;
    for (const group of this.groups) {
      total += group.weight;
      group.deficit += group.weight;
      if (group.deficit > chosen.deficit) chosen = group;
    }
    chosen.deficit -= total;
    return chosen;
  }
}

function groupsByShare(serving: readonly Target[], shareOf: ShareOfTraffic): Target[][] {
  const groups = new Map<number, Target[]>();
  for (const target of serving) {
    const group = groups.get(shareOf(target));
    if (group === undefined) groups.set(shareOf(target), [target]);
    else group.push(target);
  }
  return [...groups.values()];
}

/** Takes the known group that has some of these targets, if any: it keeps its deficit and its router when its targets or its weight change. */
function takeGroup(known: TargetGroup[], targets: readonly Target[]): TargetGroup | undefined {
  const index = known.findIndex((group) => group.targets.some((target) => targets.includes(target)));
  return index < 0 ? undefined : known.splice(index, 1)[0];
}

/**
 * Chooses the target of each request among the healthy ones.
 *
 * If no target is healthy but some fail their health checks, the load balancer fails open: all targets get requests, since the health
 * check itself may be wrong. As long as no check has failed, new targets get none. Targets without a share of the traffic never do.
 */
export class TargetSelector {
  private hasServingTargets = false;
  private readonly groups: TargetGroups;

  /**
   * @param createRouter creates the router of a target group.
   * @param shareOf the weight of a target compared with others.
   */
  public constructor(
    createRouter: () => Router,
    private readonly shareOf: ShareOfTraffic = trafficShareOf,
  ) {
    this.groups = new TargetGroups(createRouter, shareOf);
  }

  /** Sets the registered targets, of which the healthy ones get requests. */
  public update(registered: readonly Target[]): void {
    const receiving = registered.filter((target) => this.shareOf(target) > 0);
    const healthy = receiving.filter((target) => target.state === 'healthy');
    const failsOpen = healthy.length === 0 && receiving.some((target) => target.isFailing);
    const serving = failsOpen ? receiving : healthy;
    this.hasServingTargets = serving.length > 0;
    if (this.hasServingTargets) this.groups.update(serving);
  }

  /**
   * Chooses the target of the next request; undefined if no target gets requests.
   *
   * @param stickyTarget the target that the client is bound to. It is chosen if it gets requests.
   */
  public next(stickyTarget?: Target): Target | undefined {
    return this.hasServingTargets ? this.groups.next(stickyTarget) : undefined;
  }
}
