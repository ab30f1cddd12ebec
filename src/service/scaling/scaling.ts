import { type ScalableTarget, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ScalingPolicy } from '../../plan/policy';
import { scheduleText } from '../../plan/schedule-text';
import type { ServiceMetrics } from '../observability/service-metrics';
import type { TargetGroups } from '../target-group/target-groups';
import { publishHighResolutionMetrics } from './high-resolution-metrics';
import { predict } from './predictive-scaling';
import { addTasksWhenSlow } from './response-time';
import type { ScalingProps } from './scaling-props';
import { follow } from './target-tracking';

/** Gives a service its scaling rules: its targets and its schedules. */
export function createScaling(service: FargateService, groups: TargetGroups, policy: ScalingPolicy): ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: policy.minCapacity, maxCapacity: policy.maxCapacity });
  for (const tracking of policy.targetTracking) follow(targetOf(scaling), groups, tracking);
  for (const { name, schedule, minCapacity, maxCapacity } of policy.scheduledActions) {
    scaling.scaleOnSchedule(name, { schedule: Schedule.expression(scheduleText(schedule)), minCapacity, maxCapacity });
  }
  return scaling;
}

/** Adds the rules that only some services have. */
export function addScalingByChoice(
  service: FargateService,
  scaling: ScalableTaskCount,
  metrics: ServiceMetrics,
  policy: ScalingPolicy,
  props: ScalingProps,
): void {
  addTasksWhenSlow(targetOf(scaling), metrics, props);
  predict(targetOf(scaling), policy, props.predictiveScaling);
  publishHighResolutionMetrics(service, props.highResolutionMetrics);
  for (const { name, ...bounds } of props.schedules ?? []) scaling.scaleOnSchedule(name, bounds);
}

/** What the CDK has no method for is told to the target itself. */
function targetOf(scaling: ScalableTaskCount): ScalableTarget {
  return scaling.node.findChild('Target') as ScalableTarget;
}
