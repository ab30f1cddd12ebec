import { LISTENER } from '../template/load-balancing';
import { keyOf, textOf } from '../template/values';
import { type Check, problem, repeated } from './check';

/** A port has one listener. */
export const listenerPort: Check = {
  id: 'listener-port',
  severity: 'error',
  finds: 'two listeners on one port of one load balancer',
  consequence: 'Elastic Load Balancing rejects the second',
  find: (template) =>
    repeated(template.ofType(LISTENER), ({ properties }) => {
      const { LoadBalancerArn: balancer, Port: port } = properties;
      return balancer === undefined || port === undefined ? undefined : keyOf(balancer) + keyOf(port);
    }).map(([first, listener]) => {
      const reason = `${first.id} also listens on port ${textOf(listener.properties['Port'])} of the load balancer`;
      return problem(listener, 'Port', reason, 'keep one listener, and add rules to it; or write another port');
    }),
};
