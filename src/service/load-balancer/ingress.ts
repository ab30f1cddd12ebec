import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type ApplicationListener,
  ApplicationListenerRule,
  type CfnListenerRule,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  ListenerAction,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../accepted-findings';
import type { TestTrafficOptions } from '../deployment/deployment';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { MovingProps } from '../moving/moving-props';
import type { NetworkProps } from '../network/network';
import type { ServiceNetwork } from '../network/service-network';
import type { ObservabilityProps } from '../observability/observability-props';
import { forward, type TargetGroups } from '../target-group/target-groups';
import { withAuthentication } from './authentication';
import { createListener, createTestListener } from './listener';
import { certificateOf, createAliasRecords, createLoadBalancer, enableAccessLogs, urlOf } from './load-balancer';
import type { LoadBalancerProps } from './load-balancer-props';
import type { RuleTransform } from './rule-transform';
import { sharedLoadBalancer } from './shared-load-balancer';
import { attachWebAcl } from './web-acl';

/** The props that the ingress depends on. */
type IngressProps = LoadBalancerProps & NetworkProps & DeploymentProps & ObservabilityProps & MovingProps & RulePackProps;

/** The resources that route requests to the tasks. */
export interface Ingress {
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly listener: IApplicationListener;
  readonly url: string;

  /** The listener rule that forwards to the tasks. Undefined if the default action of the listener forwards to them. */
  readonly rule?: ApplicationListenerRule;

  /** The listener rule that forwards to the new revision before it gets production traffic. */
  readonly testRule?: ApplicationListenerRule;
  readonly certificate?: ICertificate;

  /** The alias records of the load balancer. */
  readonly records: readonly Construct[];
  readonly accessLogsBucket?: IBucket;
  readonly webAcl?: CfnWebACL;
}

const ALL_PATHS = [ListenerCondition.pathPatterns(['/*'])];

/** A rule for all requests is evaluated after every other rule of the listener. */
const LAST_PRIORITY = 50_000;

/** Adds a rule to the existing listener of the props, or creates a listener, on the load balancer of the props or on a new one. */
export function ingressOf(scope: Construct, network: ServiceNetwork, groups: TargetGroups, props: IngressProps): Ingress {
  return props.listener === undefined
    ? createIngress(scope, network, groups, props, props.deployment?._options.testTraffic)
    : joinListener(scope, props.listener, groups, props);
}

/** Creates a listener that forwards all requests to the service, and a load balancer for it unless the props have one. */
function createIngress(
  scope: Construct,
  network: ServiceNetwork,
  groups: TargetGroups,
  props: IngressProps,
  testTraffic?: TestTrafficOptions,
): Ingress {
  const created = props.loadBalancer === undefined ? createLoadBalancer(scope, network, props) : undefined;
  const loadBalancer = props.loadBalancer ?? created!;
  const certificate = certificateOf(scope, props);
  const { first, second: alternateTargetGroup } = groups;
  // ECS shifts traffic between target groups by changing a listener rule; it cannot change the default action of a listener.
  const needsListenerRule = alternateTargetGroup !== undefined;
  // the same default action in every strategy: a change of strategy adds or removes the rule, and requests are forwarded with and without it.
  const defaultAction = withAuthentication(props.authentication, ListenerAction.forward([first]));
  const listener = createListener(scope, loadBalancer, certificate, defaultAction, props);
  const action = withAuthentication(props.authentication, forward(first, alternateTargetGroup));
  return {
    loadBalancer,
    listener,
    url: urlOf(listener, loadBalancer, props),
    rule: needsListenerRule ? createRule(scope, 'ListenerRule', listener, action) : undefined,
    testRule:
      alternateTargetGroup &&
      testTraffic &&
      createTestRule(
        scope,
        { ...groups, second: alternateTargetGroup },
        createTestListener(scope, loadBalancer, certificate, testTraffic, props),
      ),
    certificate,
    records: createAliasRecords(scope, loadBalancer, props),
    accessLogsBucket: created && enableAccessLogs(scope, created, props),
    webAcl: created && props.webAcl && attachWebAcl(scope, created, props.webAcl),
  };
}

/** Adds a rule to an existing listener, which forwards the requests that match its conditions. */
function joinListener(scope: Construct, listener: IApplicationListener, groups: TargetGroups, props: LoadBalancerProps): Ingress {
  const loadBalancer = sharedLoadBalancer(props)!;
  const action = withAuthentication(props.authentication, forward(groups.first, groups.second));
  const rule = createRule(scope, 'ListenerRule', listener, action, props.priority, props.conditions);
  transform(rule, props.transforms);
  const records = createAliasRecords(scope, loadBalancer, props);
  return { loadBalancer, listener, rule, records, url: urlOf(listener, loadBalancer, props) };
}

function createRule(
  scope: Construct,
  id: 'ListenerRule' | 'TestListenerRule',
  listener: IApplicationListener,
  action: ListenerAction,
  priority = LAST_PRIORITY,
  conditions = ALL_PATHS,
): ApplicationListenerRule {
  return new ApplicationListenerRule(scope, id, { listener, priority, conditions, action });
}

function transform(rule: ApplicationListenerRule, transforms: readonly RuleTransform[] | undefined): void {
  const resource = rule.node.defaultChild as CfnListenerRule;
  resource.transforms = transforms?.map(({ _transform }) => _transform);
}

function createTestRule(
  scope: Construct,
  { first, second: alternateTargetGroup }: Required<TargetGroups>,
  listener: ApplicationListener,
): ApplicationListenerRule {
  return createRule(scope, 'TestListenerRule', listener, forward(alternateTargetGroup, first));
}
