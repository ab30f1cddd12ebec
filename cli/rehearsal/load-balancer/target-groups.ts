import type { Router } from './router';
import type { Target } from './target';

/** Targets with the same share of the traffic, and who chooses among them. */
interface Group {
  readonly targets: readonly Target[];
  /** What all of them get together, beside what the other groups get. */
  readonly weight: number;
  readonly router: Router;
  /** What the group is owed, in requests times weights. */
  owed: number;
}

/**
 * Chooses a group by its weight, and a target within the group as its routing says.
 *
 * While a deployment moves the traffic step by step, the tasks of a revision have a target group of their own, and the
 * listener weighs the groups. Else there is one.
 */
export class TargetGroups {
  private groups: readonly Group[] = [];

  public constructor(private readonly newRouter: () => Router) {}

  public update(serving: readonly Target[]): void {
    const known = [...this.groups];
    this.groups = byShare(serving).map((targets) => ({
      ...(takeGroup(known, targets) ?? { router: this.newRouter(), owed: 0 }),
      targets,
      weight: targets.length * targets[0]!.trafficShare,
    }));
    for (const { router, targets } of this.groups) router.update(targets);
  }

  /** @param bound a target that is taken where it belongs to the group: whom a client is bound to is the affair of a group. */
  public next(bound?: Target): Target {
    const { router, targets } = this.groups.length === 1 ? this.groups[0]! : this.nextGroup();
    return bound !== undefined && targets.includes(bound) ? bound : router.next();
  }

  /** Who is owed most. Each request owes every group its weight, and is paid by one of them. */
  private nextGroup(): Group {
    let total = 0;
    let most = this.groups[0]!;
    for (const group of this.groups) {
      total += group.weight;
      group.owed += group.weight;
      if (group.owed > most.owed) most = group;
    }
    most.owed -= total;
    return most;
  }
}

function byShare(serving: readonly Target[]): Target[][] {
  const groups = new Map<number, Target[]>();
  for (const target of serving) {
    const group = groups.get(target.trafficShare);
    if (group === undefined) groups.set(target.trafficShare, [target]);
    else group.push(target);
  }
  return [...groups.values()];
}

/** A group whose weight has changed goes on with what it is owed, and its router, which knows whose turn it is and who starts slowly. */
function takeGroup(known: Group[], targets: readonly Target[]): Group | undefined {
  const place = known.findIndex((group) => group.targets.some((target) => targets.includes(target)));
  return place < 0 ? undefined : known.splice(place, 1)[0];
}
