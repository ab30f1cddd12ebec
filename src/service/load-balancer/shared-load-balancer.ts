import { ApplicationListener, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { SharedListenerProps } from './shared-listener-props';

/** The existing load balancer of the props; undefined where a new one is created, and where nothing names that of an imported listener. */
export function sharedLoadBalancer({ listener, loadBalancer }: SharedListenerProps): IApplicationLoadBalancer | undefined {
  return loadBalancer ?? (listener instanceof ApplicationListener ? listener.loadBalancer : undefined);
}
