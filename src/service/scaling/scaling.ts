import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { isCpuUtilization, isHighResolution, unitOf } from '../../plan/metric';
import type { ScalingPolicy } from '../../plan/policy';
import { scheduleText } from '../../plan/schedule-text';
import type { TargetTracking } from '../../plan/target-tracking';

/** Gives a service its scaling rules: its targets and its schedules. */
export function createScaling(service: FargateService, targetGroup: ApplicationTargetGroup, policy: ScalingPolicy): ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: policy.minCapacity, maxCapacity: policy.maxCapacity });
  for (const tracking of policy.targetTracking) follow(scaling, targetGroup, tracking);
  for (const { name, schedule, minCapacity, maxCapacity } of policy.scheduledActions) {
    scaling.scaleOnSchedule(name, { schedule: Schedule.expression(scheduleText(schedule)), minCapacity, maxCapacity });
  }
  return scaling;
}

function follow(scaling: ScalableTaskCount, targetGroup: ApplicationTargetGroup, tracking: TargetTracking): void {
  // the id says what is followed and never where to: with the target in it, another target would be another policy.
  const id = tracking.name;
  const { metric, targetValue } = tracking;
  const common = {
    policyName: tracking.name,
    scaleOutCooldown: Duration.seconds(tracking.scaleOutCooldownSeconds),
    scaleInCooldown: Duration.seconds(tracking.scaleInCooldownSeconds),
    disableScaleIn: tracking.disableScaleIn,
  };
  if (unitOf(metric) === 'requests per minute') scaling.scaleOnRequestCount(id, { ...common, targetGroup, requestsPerTarget: targetValue });
  else if (isCpuUtilization(metric)) scaling.scaleOnCpuUtilization(id, { ...common, targetUtilizationPercent: targetValue });
  else scaling.scaleOnMemoryUtilization(id, { ...common, targetUtilizationPercent: targetValue });
  if (isHighResolution(metric)) followAtHighResolution(scaling, tracking);
}

/** The CDK does not know these metrics yet: the policy of the metric by the minute is made theirs. */
function followAtHighResolution(scaling: ScalableTaskCount, { name, metric }: TargetTracking): void {
  const policies = scaling.node.findAll().filter((construct) => construct instanceof CfnScalingPolicy);
  policies
    .find((policy) => policy.policyName === name)
    ?.addPropertyOverride('TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType', metric);
}
