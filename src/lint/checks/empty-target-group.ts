import { SERVICE } from '../template/ecs-service';
import { groupsWithTargets, routesOf, TARGET_GROUP } from '../template/load-balancing';
import { type Check, problem } from './check';

/** A group that no service registers with has no targets. */
export const emptyTargetGroup: Check = {
  id: 'empty-target-group',
  severity: 'warning',
  finds: 'a listener or rule that forwards to a target group that nothing in the template registers targets with',
  consequence: 'requests get 503 as long as the group has no targets',
  find: (template) => {
    if (template.ofType(SERVICE).length === 0) return [];
    const used = groupsWithTargets(template);
    return routesOf(template).flatMap(({ resource, property, forwards }) =>
      forwards.flatMap(({ group: reference, weight }) => {
        const group = template.target(reference, TARGET_GROUP);
        if (group === undefined || weight === 0 || used.has(group.id)) return [];
        const fix = `write ${group.id} in LoadBalancers of the service that serves these requests, or remove the rule`;
        return [problem(resource, property, `it forwards to ${group.id}, which no service registers with`, fix)];
      }),
    );
  },
};
