import { type ApplicationListener, CfnListener, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { isSameArn } from './same-arn';

/** Whether a listener of this app is on a port of a load balancer. Listeners that are created elsewhere are not known. */
export function listensOn(loadBalancer: IApplicationLoadBalancer, port: number): boolean {
  return listenersOf(loadBalancer).some((listener) => listener.port === port);
}

/** The listeners that this app creates on a load balancer, which may be imported, and more than once. */
export function listenersOf(loadBalancer: IApplicationLoadBalancer): CfnListener[] {
  const own = { arn: loadBalancer.loadBalancerArn, by: loadBalancer };
  return loadBalancer.node.root.node
    .findAll()
    .filter((node): node is CfnListener => CfnListener.isCfnListener(node))
    .filter((listener) => isSameArn(own, { arn: listener.loadBalancerArn, by: listener }));
}

/** Another listener of this app on the port of a listener, and on its load balancer; undefined where there is none. */
export function otherListenerOnPortOf({ node, loadBalancer }: ApplicationListener): CfnListener | undefined {
  const own = node.defaultChild as CfnListener;
  return listenersOf(loadBalancer).find((listener) => listener !== own && listener.port === own.port);
}
