import { LISTENER, loadBalancerOf, loadBalancerType } from '../template/load-balancing';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** The protocols of the listeners of each type of load balancer. */
export const LISTENER_PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
};

const NAMES: Readonly<Record<string, string>> = { application: 'an Application Load Balancer', network: 'a Network Load Balancer' };

/** HTTP is for Application Load Balancers, TCP for Network Load Balancers. */
export const listenerProtocol: Check = {
  id: 'listener-protocol',
  severity: 'error',
  finds: 'a listener whose protocol its load balancer does not have, such as TCP on an Application Load Balancer',
  consequence: 'Elastic Load Balancing rejects the listener',
  find: (template) =>
    template.ofType(LISTENER).flatMap((listener) => {
      const type = loadBalancerType(loadBalancerOf(template, listener)) ?? '';
      const protocol = textOf(listener.properties['Protocol']);
      const protocols = LISTENER_PROTOCOLS[type];
      if (protocols === undefined || protocol === undefined || protocols.includes(protocol)) return [];
      const reason = `${protocol} is no protocol of a listener of ${NAMES[type]}`;
      return [problem(listener, 'Protocol', reason, `write ${protocols.join(', ')}, or change the Type of the load balancer`)];
    }),
};
