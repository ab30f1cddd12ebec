import { loadBalancerOf, loadBalancerType, routesOf, TARGET_GROUP } from '../template/load-balancing';
import { textOf } from '../template/values';
import { type Check, problem } from './check';
import { LISTENER_PROTOCOLS } from './listener-protocol';

/** A load balancer forwards in the kind of protocol that it speaks. */
export const targetGroupProtocol: Check = {
  id: 'target-group-protocol',
  severity: 'error',
  finds: 'a target group whose protocol the load balancer before it does not have, such as TCP behind an Application Load Balancer',
  consequence: 'Elastic Load Balancing rejects the listener or the rule',
  find: (template) =>
    routesOf(template).flatMap(({ resource, property, forwards, listener }) => {
      const protocols = LISTENER_PROTOCOLS[loadBalancerType(loadBalancerOf(template, listener)) ?? ''];
      return forwards.flatMap(({ group: reference }) => {
        const group = template.target(reference, TARGET_GROUP);
        const protocol = textOf(group?.properties['Protocol']);
        if (group === undefined || protocols === undefined || protocol === undefined || protocols.includes(protocol)) return [];
        const reason = `it forwards to ${group.id}, whose protocol is ${protocol}`;
        return [problem(resource, property, reason, `write the Protocol ${protocols.slice(0, 2).join(' or ')} at ${group.id}`)];
      });
    }),
};
