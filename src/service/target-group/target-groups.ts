import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationProtocol,
  ApplicationTargetGroup,
  type HealthCheck,
  ListenerAction,
  Protocol,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import type { MovingProps } from '../moving/moving-props';
import { patternOf, patternTargetPort } from '../moving/pattern-facts';
import type { ServiceNetwork } from '../network/service-network';
import type { PlanFromProps } from '../plan-from-props';
import { numberAsText } from '../prop-rules';
import { grpcCodesOf } from './grpc-health-check';
import { FIRST_TARGET_GROUP_ID, replaceWithLoadBalancer } from './replace-with-load-balancer';
import type { TargetGroupProps } from './target-group-props';

/** What a target group is rendered from. */
type TargetGroupPlan = Pick<PlanFromProps, 'healthCheck' | 'deregistrationDelaySeconds' | 'routing'>;

/** The target groups of a service. */
export interface TargetGroups {
  /** The group that gets all requests before the first deployment. */
  readonly first: ApplicationTargetGroup;

  /** The group of the new revision in a blue/green, canary or linear deployment; the two change roles with each deployment. */
  readonly second?: ApplicationTargetGroup;
}

/** Creates one target group, or two where two revisions can run side by side. */
export function createTargetGroups(
  scope: Construct,
  { vpc }: ServiceNetwork,
  plan: TargetGroupPlan,
  props: TargetGroupProps & DeploymentProps & LoadBalancerProps & MovingProps,
  targetType = TargetType.IP,
): TargetGroups {
  const first = createTargetGroup(scope, FIRST_TARGET_GROUP_ID, vpc, plan, props, targetType);
  // a name is unique.
  const second =
    props.deployment?._hasTwoTargetGroups === true
      ? createTargetGroup(scope, 'SecondTargetGroup', vpc, plan, { ...props, targetGroupName: undefined })
      : undefined;
  const groups = { first, ...(second && { second }) };
  for (const group of allOf(groups)) replaceWithLoadBalancer(group, props);
  return groups;
}

/** Forwards all requests to the first of two target groups. A deployment changes the weights; they stay as long as no template changes them. */
export function forward(to: ApplicationTargetGroup, notTo: ApplicationTargetGroup | undefined): ListenerAction {
  if (notTo === undefined) return ListenerAction.forward([to]);
  return ListenerAction.weightedForward([
    { targetGroup: to, weight: 100 },
    { targetGroup: notTo, weight: 0 },
  ]);
}

/** The target groups as a list. */
export function allOf({ first, second }: TargetGroups): ApplicationTargetGroup[] {
  return second === undefined ? [first] : [first, second];
}

/** Creates a target group. */
export function createTargetGroup(
  scope: Construct,
  id: string,
  vpc: IVpc,
  plan: TargetGroupPlan,
  props: TargetGroupProps & MovingProps,
  targetType = TargetType.IP,
): ApplicationTargetGroup {
  const pattern = patternOf(props);

  const group = new ApplicationTargetGroup(scope, id, {
    vpc,
    targetType,
    // each task registers with its own port; another port here would replace the target group, and leave the listener without tasks.
    port: pattern === undefined ? DEFAULTS.containerPort : patternTargetPort(pattern),
    protocol: props.targetProtocol ?? ApplicationProtocol.HTTP,
    protocolVersion: props.protocolVersion,
    healthCheck: healthCheckOf(plan, props),
    deregistrationDelay: Duration.seconds(plan.deregistrationDelaySeconds),
    loadBalancingAlgorithmType: plan.routing.algorithm as TargetGroupLoadBalancingAlgorithmType,
    enableAnomalyMitigation: props.enableAnomalyMitigation ?? false,
    slowStart: props.slowStart,
    stickinessCookieDuration: props.stickinessCookieDuration,
    targetGroupName: props.targetGroupName,
  });
  // the CDK has a text for a number, and not for a token that becomes one.
  group.setAttribute('deregistration_delay.timeout_seconds', numberAsText(plan.deregistrationDelaySeconds));
  // an attribute that a template no longer has keeps its value (https://github.com/aws-cloudformation/cloudformation-cli/issues/992). Beside
  // another algorithm, Elastic Load Balancing refuses slow start (https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3686).
  if (props.slowStart === undefined && plan.routing.algorithm === TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN)
    group.setAttribute('slow_start.duration_seconds', String(DEFAULTS.slowStartSeconds));
  return group;
}

function healthCheckOf({ healthCheck }: TargetGroupPlan, props: TargetGroupProps): HealthCheck {
  return {
    path: healthCheck.path,
    port: props.healthCheck?.port && numberAsText(props.healthCheck.port),
    protocol: healthCheckProtocolOf(props),
    interval: Duration.seconds(healthCheck.intervalSeconds),
    timeout: Duration.seconds(healthCheck.timeoutSeconds),
    healthyThresholdCount: healthCheck.healthyThresholdCount,
    unhealthyThresholdCount: healthCheck.unhealthyThresholdCount,
    healthyHttpCodes: props.healthCheck?.healthyHttpCodes,
    healthyGrpcCodes: grpcCodesOf(props),
  };
}

/** Elastic Load Balancing sends health checks by HTTP unless a protocol is set, also to targets that serve HTTPS. */
export function healthCheckProtocolOf({ healthCheck, targetProtocol }: TargetGroupProps): Protocol | undefined {
  return healthCheck?.protocol ?? (targetProtocol === ApplicationProtocol.HTTPS ? Protocol.HTTPS : undefined);
}
