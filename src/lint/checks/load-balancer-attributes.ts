import { LOAD_BALANCER_ATTRIBUTES } from '../template/attribute-keys';
import { LOAD_BALANCER, loadBalancerType } from '../template/load-balancing';
import { attributeProblems } from './attribute-problems';
import type { Check } from './check';

/** CloudFormation passes any key on, and the service rejects what it does not know. */
export const loadBalancerAttributes: Check = {
  id: 'load-balancer-attributes',
  severity: 'error',
  finds: 'an attribute that a load balancer of this type does not have, or a value that it may not have',
  consequence: 'Elastic Load Balancing rejects the load balancer',
  find: (template) =>
    template.ofType(LOAD_BALANCER).flatMap((balancer) => {
      const type = loadBalancerType(balancer) ?? '';
      const rules = LOAD_BALANCER_ATTRIBUTES[type];
      return rules === undefined ? [] : attributeProblems(balancer, 'LoadBalancerAttributes', rules, `a load balancer of type ${type}`);
    }),
};
