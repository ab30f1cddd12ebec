import { referencesIn } from '../template/linted-template';
import { loadBalancerOf, type Route, routesOf, TARGET_GROUP } from '../template/load-balancing';
import { textOf } from '../template/values';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck } from './update-finding';

/** A target group belongs to one load balancer, and the old one has it until the end of the update. */
export const targetGroupMoves: UpdateCheck = {
  id: 'target-group-moves',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a target group that stays while the load balancer before it is replaced',
  consequence: 'Elastic Load Balancing rejects the new listener: a target group cannot be associated with more than one load balancer',
  find: (changes) =>
    changes
      .ofType(TARGET_GROUP)
      .filter(({ id }) => changes.stays(id))
      .flatMap(({ id }) => {
        const [before, after] = [balancersOf(changes, 'before', id), balancersOf(changes, 'after', id)];
        const added = [...after].find((balancer) => before.size > 0 && !before.has(balancer));
        if (added === undefined) return [];
        const reason = 'the load balancer before it is replaced, and the old one has the group until the end of the update';
        return [{ resource: id, reason, fix: 'give the target group another logical ID in the same update, so that it is replaced too' }];
      }),
};

/** The physical load balancers before a target group. */
function balancersOf(changes: ResourceChanges, side: 'before' | 'after', group: string): ReadonlySet<string> {
  const routes = routesOf(changes[side]).filter(({ forwards }) => forwards.some((forward) => referencesIn(forward.group).includes(group)));
  return new Set(routes.flatMap((route) => balancerKey(changes, side, route) ?? []));
}

/** Equal for routes of one load balancer; undefined where only deployment knows which it is. */
function balancerKey(changes: ResourceChanges, side: 'before' | 'after', { resource, listener }: Route): string | undefined {
  const arn = listener === undefined ? resource.properties['ListenerArn'] : listener.properties['LoadBalancerArn'];
  if (loadBalancerOf(changes[side], listener) !== undefined) return changes.physicalKey(side, arn);
  return /(?:listener|loadbalancer)\/(\w+\/[^/]+\/[^/]+)/.exec(textOf(arn) ?? '')?.[1];
}
