import { loadBalancerOf, routesOf, TARGET_GROUP } from '../template/load-balancing';
import { type Check, problem, repeated } from './check';

/** A target group belongs to one load balancer. */
export const targetGroupLoadBalancers: Check = {
  id: 'target-group-load-balancers',
  severity: 'error',
  finds: 'a target group behind two load balancers',
  consequence: 'Elastic Load Balancing rejects the second: a target group cannot be associated with more than one load balancer',
  find: (template) => {
    const uses = routesOf(template).flatMap(({ resource, property, forwards, listener }) => {
      const balancer = loadBalancerOf(template, listener);
      return forwards.flatMap(({ group: reference }) => {
        const group = template.target(reference, TARGET_GROUP);
        return group === undefined || balancer === undefined ? [] : [{ resource, property, group, balancer }];
      });
    });
    const balancers = [...new Map(uses.map((use) => [`${use.group.id} ${use.balancer.id}`, use])).values()];
    return repeated(balancers, ({ group }) => group.id).map(([first, { resource, property, group, balancer }]) => {
      const reason = `${group.id} is behind ${first.balancer.id} and ${balancer.id}`;
      return problem(resource, property, reason, 'write a target group for each load balancer; a service can register with both');
    });
  },
};
