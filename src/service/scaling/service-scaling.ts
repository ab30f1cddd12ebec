import { Duration } from 'aws-cdk-lib';
import {
  CfnScalingPolicy,
  type PredefinedMetric,
  type ScalableTarget,
  Schedule,
  TargetTrackingScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { isRequestCount } from '../../metrics/metric';
import { DEFAULTS } from '../../plan/default-plan';
import type { ScalingPolicy } from '../../plan/policy';
import { scheduleText } from '../../plan/schedule';
import type { TargetTracking } from '../../plan/target-tracking';
import { keptPolicyId } from '../moving/kept-policy';
import type { MovedFrom } from '../moving/moved-from';
import type { ServiceMetrics } from '../observability/service-metrics';
import { secondsOf } from '../prop-rules';
import type { TargetGroups } from '../target-group/target-groups';
import { publishHighResolutionMetrics } from './high-resolution-metrics';
import { addPredictiveScaling } from './predictive-scaling';
import { trackRequests } from './request-policy';
import { RESPONSE_TIME_STEPS, responseTimeAlarm } from './response-time-scaling';
import type { ScalingProps } from './scaling-props';

/** Adds the target-tracking policies and the scheduled actions. */
export function createScaling(
  service: FargateService,
  groups: TargetGroups,
  policy: ScalingPolicy,
  movedFrom?: MovedFrom,
): ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: policy.minCapacity, maxCapacity: policy.maxCapacity });
  for (const tracking of policy.targetTracking) trackTarget(targetOf(scaling), groups, tracking, keptPolicyId(movedFrom, tracking));
  for (const { name, schedule, minCapacity, maxCapacity } of policy.scheduledActions) {
    scaling.scaleOnSchedule(name, { schedule: Schedule.expression(scheduleText(schedule)), minCapacity, maxCapacity });
  }
  return scaling;
}

/** Adds the policies that are optional. */
export function addOptionalScaling(
  service: FargateService,
  scaling: ScalableTaskCount,
  metrics: ServiceMetrics,
  policy: ScalingPolicy,
  props: ScalingProps,
): void {
  scaleOnResponseTime(targetOf(scaling), metrics, props);
  addPredictiveScaling(targetOf(scaling), policy, props.predictiveScaling);
  publishHighResolutionMetrics(service, props.highResolutionMetrics);
  for (const { name, ...bounds } of props.schedules ?? []) scaling.scaleOnSchedule(name, bounds);
}

/** The scalable target, for policies that the CDK has no method for. */
function targetOf(scaling: ScalableTaskCount): ScalableTarget {
  return scaling.node.findChild('Target') as ScalableTarget;
}

/**
 * Adds a target-tracking policy.
 *
 * Its id does not depend on the target value, so that a new value does not replace the policy. One that was moved keeps its id and the name that
 * the CDK derives from it.
 */
export function trackTarget(target: ScalableTarget, groups: TargetGroups, tracking: TargetTracking, keptId?: string): void {
  if (isRequestCount(tracking.metric)) {
    trackRequests(target, groups, tracking, keptId);
    return;
  }
  new TargetTrackingScalingPolicy(target, keptId ?? tracking.name, {
    scalingTarget: target,
    policyName: keptId === undefined ? tracking.name : undefined,
    targetValue: tracking.targetValue,
    // AWS's spelling; the enumeration of the CDK is not complete.
    predefinedMetric: tracking.metric as PredefinedMetric,
    scaleOutCooldown: Duration.seconds(tracking.scaleOutCooldownSeconds),
    scaleInCooldown: Duration.seconds(tracking.scaleInCooldownSeconds),
    disableScaleIn: tracking.disableScaleIn,
  });
}

/** Adds a step-scaling policy on the response time, because response times do not fall in proportion as tasks are added. */
export function scaleOnResponseTime(target: ScalableTarget, metrics: ServiceMetrics, props: ScalingProps): void {
  const seconds = secondsOf(props.scaleOutResponseTimeThreshold);
  if (seconds === undefined) return;
  const policy = createPolicy(target, seconds, secondsOf(props.scaleOutCooldown) ?? DEFAULTS.scaleOutCooldownSeconds);
  const alarm = responseTimeAlarm(target, metrics, seconds, props);
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
}

function createPolicy(target: ScalableTarget, seconds: number, cooldown: number): CfnScalingPolicy {
  return new CfnScalingPolicy(target, 'ResponseTime', {
    policyName: 'ResponseTime',
    policyType: 'StepScaling',
    scalingTargetId: target.scalableTargetId,
    stepScalingPolicyConfiguration: {
      adjustmentType: 'PercentChangeInCapacity',
      minAdjustmentMagnitude: 1,
      metricAggregationType: 'Maximum',
      cooldown,
      stepAdjustments: RESPONSE_TIME_STEPS.map(({ percent, from, to }) => ({
        scalingAdjustment: percent,
        metricIntervalLowerBound: from * seconds,
        metricIntervalUpperBound: to && to * seconds,
      })),
    },
  });
}
