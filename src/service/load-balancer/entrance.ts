import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApplicationListener,
  ApplicationListenerRule,
  type ApplicationTargetGroup,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  ListenerAction,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { ServiceNetwork } from '../network/service-network';
import { logRequests } from './access-logs';
import { certificateOf, nameLoadBalancer, urlOf } from './address';
import { createLoadBalancer } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';
import { createListener } from './own-listener';
import { protect } from './web-acl';

/** The way that requests take to the tasks. */
export interface Entrance {
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly listener: IApplicationListener;
  readonly url: string;
  readonly certificate?: ICertificate;
  readonly accessLogsBucket?: IBucket;
  readonly webAcl?: CfnWebACL;
}

/** A load balancer of the service's own, which sends it every request. */
export function createEntrance(
  scope: Construct,
  network: ServiceNetwork,
  targetGroup: ApplicationTargetGroup,
  props: LoadBalancerProps,
): Entrance {
  const loadBalancer = createLoadBalancer(scope, network, props);
  const certificate = certificateOf(scope, props);
  const listener = createListener(loadBalancer, certificate, ListenerAction.forward([targetGroup]), props);
  nameLoadBalancer(scope, loadBalancer, props);
  return {
    loadBalancer,
    listener,
    url: urlOf(listener, loadBalancer, props),
    certificate,
    accessLogsBucket: logRequests(scope, loadBalancer, props),
    webAcl: props.firewall && protect(scope, loadBalancer, props.firewall),
  };
}

/** A listener that is there already, which sends the service those requests that fulfil its conditions. */
export function joinListener(
  scope: Construct,
  listener: IApplicationListener,
  targetGroup: ApplicationTargetGroup,
  props: LoadBalancerProps,
): Entrance {
  const loadBalancer = loadBalancerOf(listener, props)!;
  new ApplicationListenerRule(scope, 'ListenerRule', {
    listener,
    priority: props.priority!,
    conditions: props.conditions,
    action: ListenerAction.forward([targetGroup]),
  });
  nameLoadBalancer(scope, loadBalancer, props);
  return { loadBalancer, listener, url: urlOf(listener, loadBalancer, props) };
}

/** The load balancer of a shared listener, where anything says which it is. */
export function loadBalancerOf(listener: IApplicationListener, props: LoadBalancerProps): IApplicationLoadBalancer | undefined {
  return props.loadBalancer ?? (listener instanceof ApplicationListener ? listener.loadBalancer : undefined);
}
