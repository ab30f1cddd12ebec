import { Duration } from 'aws-cdk-lib';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ScalingPolicy } from '../../plan/policy';
import type { TargetTracking } from '../../plan/target-tracking';

/** Gives a service its scaling rules: every one of the policy, and nothing that is not in it. */
export function createScaling(service: FargateService, targetGroup: ApplicationTargetGroup, policy: ScalingPolicy): ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: policy.minCapacity, maxCapacity: policy.maxCapacity });
  for (const tracking of policy.targetTracking) follow(scaling, targetGroup, tracking);
  return scaling;
}

function follow(scaling: ScalableTaskCount, targetGroup: ApplicationTargetGroup, tracking: TargetTracking): void {
  // the id says what is followed and never where to: with the target in it, another target would be another policy.
  const id = tracking.name;
  const common = {
    policyName: tracking.name,
    scaleOutCooldown: Duration.seconds(tracking.scaleOutCooldownSeconds),
    scaleInCooldown: Duration.seconds(tracking.scaleInCooldownSeconds),
    disableScaleIn: tracking.disableScaleIn,
  };
  if (tracking.metric === 'ECSServiceAverageCPUUtilization') {
    scaling.scaleOnCpuUtilization(id, { ...common, targetUtilizationPercent: tracking.targetValue });
  } else {
    scaling.scaleOnRequestCount(id, { ...common, targetGroup, requestsPerTarget: tracking.targetValue });
  }
}
