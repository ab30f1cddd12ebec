import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationProtocol, ApplicationTargetGroup, type HealthCheck, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { ServicePlan } from '../plan-of-props';

/** The tasks that requests are shared among, and how it is known that they can serve. */
export function createTargetGroup(scope: Construct, vpc: IVpc, plan: ServicePlan): ApplicationTargetGroup {
  return new ApplicationTargetGroup(scope, 'TargetGroup', {
    vpc,
    targetType: TargetType.IP,
    port: plan.container.port,
    protocol: ApplicationProtocol.HTTP,
    healthCheck: healthCheckOf(plan),
    deregistrationDelay: Duration.seconds(plan.deregistrationDelaySeconds),
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
