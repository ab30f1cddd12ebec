import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApplicationListener,
  ApplicationListenerRule,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  ListenerAction,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { TestTrafficOptions } from '../deployment/deployment';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { ServiceNetwork } from '../network/service-network';
import type { ObservabilityProps } from '../observability/observability-props';
import type { RulePackProps } from '../rule-packs/rule-pack-props';
import { forward, type TargetGroups } from '../target-group/target-groups';
import { logRequests } from './access-logs';
import { certificateOf, nameLoadBalancer, urlOf } from './address';
import { createLoadBalancer } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';
import { createListener, createTestListener } from './own-listener';
import { protect } from './web-acl';

/** What decides the way to a service. */
type EntranceProps = LoadBalancerProps & DeploymentProps & ObservabilityProps & RulePackProps;

/** The way that requests take to the tasks. */
export interface Entrance {
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly listener: IApplicationListener;
  readonly url: string;

  /** The rule that sends the requests on, where the listener does not do it by itself. */
  readonly rule?: ApplicationListenerRule;

  /** The rule that leads to the version that is tried. */
  readonly testRule?: ApplicationListenerRule;
  readonly certificate?: ICertificate;
  readonly accessLogsBucket?: IBucket;
  readonly webAcl?: CfnWebACL;
}

const NOT_FOUND = 404;
const EVERYTHING = [ListenerCondition.pathPatterns(['/*'])];

/** The way of the caller's choice: through a listener that is there, or through a load balancer of the service's own. */
export function entranceOf(scope: Construct, network: ServiceNetwork, groups: TargetGroups, props: EntranceProps): Entrance {
  return props.listener === undefined
    ? createEntrance(scope, network, groups, props, props.deployment?._options.testTraffic)
    : joinListener(scope, props.listener, groups, props);
}

/** A load balancer of the service's own, which sends it every request. */
function createEntrance(
  scope: Construct,
  network: ServiceNetwork,
  groups: TargetGroups,
  props: EntranceProps,
  testTraffic?: TestTrafficOptions,
): Entrance {
  const loadBalancer = createLoadBalancer(scope, network, props);
  const certificate = certificateOf(scope, props);
  const { first, second } = groups;
  // a deployment moves traffic by changing a rule; it cannot change what a listener does of itself.
  const hasRule = second !== undefined;
  const action = hasRule ? ListenerAction.fixedResponse(NOT_FOUND) : forward(first, second);
  const listener = createListener(loadBalancer, certificate, action, props);
  nameLoadBalancer(scope, loadBalancer, props);
  return {
    loadBalancer,
    listener,
    url: urlOf(listener, loadBalancer, props),
    rule: hasRule ? createRule(scope, 'ListenerRule', listener, forward(first, second)) : undefined,
    testRule:
      second &&
      testTraffic &&
      createTestRule(scope, { ...groups, second }, createTestListener(loadBalancer, certificate, testTraffic, props)),
    certificate,
    accessLogsBucket: logRequests(scope, loadBalancer, props),
    webAcl: props.firewall && protect(scope, loadBalancer, props.firewall),
  };
}

/** A listener that is there already, which sends the service those requests that fulfil its conditions. */
function joinListener(scope: Construct, listener: IApplicationListener, groups: TargetGroups, props: LoadBalancerProps): Entrance {
  const loadBalancer = loadBalancerOf(listener, props)!;
  const rule = createRule(scope, 'ListenerRule', listener, forward(groups.first, groups.second), props.priority, props.conditions);
  nameLoadBalancer(scope, loadBalancer, props);
  return { loadBalancer, listener, rule, url: urlOf(listener, loadBalancer, props) };
}

function createRule(
  scope: Construct,
  id: 'ListenerRule' | 'TestListenerRule',
  listener: IApplicationListener,
  action: ListenerAction,
  priority = 1,
  conditions = EVERYTHING,
): ApplicationListenerRule {
  return new ApplicationListenerRule(scope, id, { listener, priority, conditions, action });
}

function createTestRule(
  scope: Construct,
  { first, second }: Required<TargetGroups>,
  listener: ApplicationListener,
): ApplicationListenerRule {
  return createRule(scope, 'TestListenerRule', listener, forward(second, first));
}

/** The load balancer of a shared listener, where anything says which it is. */
export function loadBalancerOf(listener: IApplicationListener, props: LoadBalancerProps): IApplicationLoadBalancer | undefined {
  return props.loadBalancer ?? (listener instanceof ApplicationListener ? listener.loadBalancer : undefined);
}
