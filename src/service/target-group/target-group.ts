import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationProtocol,
  ApplicationTargetGroup,
  type HealthCheck,
  type TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { ServicePlan } from '../plan-of-props';
import type { TargetGroupProps } from './target-group-props';

/** The tasks that requests are shared among, and how it is known that they can serve. */
export function createTargetGroup(
  scope: Construct,
  id: string,
  vpc: IVpc,
  plan: ServicePlan,
  props: TargetGroupProps,
): ApplicationTargetGroup {
  return new ApplicationTargetGroup(scope, id, {
    vpc,
    targetType: TargetType.IP,
    port: plan.container.port,
    protocol: ApplicationProtocol.HTTP,
    healthCheck: healthCheckOf(plan),
    deregistrationDelay: Duration.seconds(plan.deregistrationDelaySeconds),
    loadBalancingAlgorithmType: plan.routing.algorithm as TargetGroupLoadBalancingAlgorithmType,
    enableAnomalyMitigation: props.anomalyMitigation,
    slowStart: props.slowStart,
    stickinessCookieDuration: props.stickiness,
    targetGroupName: props.targetGroupName,
  });
}

function healthCheckOf({ healthCheck }: ServicePlan): HealthCheck {
  return {
    path: healthCheck.path,
    interval: Duration.seconds(healthCheck.intervalSeconds),
    timeout: Duration.seconds(healthCheck.timeoutSeconds),
    healthyThresholdCount: healthCheck.healthyThresholdCount,
    unhealthyThresholdCount: healthCheck.unhealthyThresholdCount,
  };
}
