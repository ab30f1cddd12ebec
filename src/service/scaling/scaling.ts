import { type ScalableTarget, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ScalingPolicy } from '../../plan/policy';
import { scheduleText } from '../../plan/schedule-text';
import type { TargetGroups } from '../target-group/target-groups';
import { follow } from './target-tracking';

/** Gives a service its scaling rules: its targets and its schedules. */
export function createScaling(service: FargateService, groups: TargetGroups, policy: ScalingPolicy): ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: policy.minCapacity, maxCapacity: policy.maxCapacity });
  // what the CDK has no method for is told to the target itself.
  const target = scaling.node.findChild('Target') as ScalableTarget;
  for (const tracking of policy.targetTracking) follow(target, groups, tracking);
  for (const { name, schedule, minCapacity, maxCapacity } of policy.scheduledActions) {
    scaling.scaleOnSchedule(name, { schedule: Schedule.expression(scheduleText(schedule)), minCapacity, maxCapacity });
  }
  return scaling;
}
