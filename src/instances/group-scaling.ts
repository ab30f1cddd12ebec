import { Duration } from 'aws-cdk-lib';
import { type AutoScalingGroup, CfnScalingPolicy } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { isRequestCount } from '../metrics/metric';
import type { ScalingPolicy } from '../plan/policy';
import type { TargetTracking } from '../plan/target-tracking';
import { acknowledge } from '../service/accepted-findings';
import type { ServiceMetrics } from '../service/observability/service-metrics';
import { secondsOf } from '../service/prop-rules';
import { HighResolutionMetrics } from '../service/scaling/high-resolution-metrics';
import { PredictiveScaling } from '../service/scaling/predictive-scaling';
import { RESPONSE_TIME_STEPS, responseTimeAlarm } from '../service/scaling/response-time-scaling';
import { scaleInSteps } from './group-steps';
import type { SimpleScalingOptions } from './instance-scaling';
import type { ScalableStatelessInstancesProps } from './instances-props';
import { addSchedules } from './scheduled-group-capacity';

/** Adds the policies and the scheduled actions of a group. */
export function scaleGroup(
  group: AutoScalingGroup,
  targetGroup: ApplicationTargetGroup,
  metrics: ServiceMetrics,
  policy: ScalingPolicy,
  props: ScalableStatelessInstancesProps,
): void {
  const { scaling } = props;
  for (const tracking of policy.targetTracking) trackTarget(group, targetGroup, tracking, props);
  if (scaling?._steps !== undefined) scaleInSteps(group, metrics, scaling._steps);
  if (scaling?._simple !== undefined) scaleSimply(group, metrics, scaling._simple);
  scaleOnResponseTime(group, metrics, props);
  addPredictiveScaling(group, policy, props.predictiveScaling);
  addSchedules(group, props.schedules ?? []);
}

type PolicyProps = Omit<ConstructorParameters<typeof CfnScalingPolicy>[2], 'autoScalingGroupName'>;

function addPolicy(group: AutoScalingGroup, id: string, props: PolicyProps): CfnScalingPolicy {
  return new CfnScalingPolicy(group, id, { autoScalingGroupName: group.autoScalingGroupName, ...props });
}

/** Adds a target-tracking policy. Its id does not depend on the target value, so that a new value does not replace the policy. */
function trackTarget(
  group: AutoScalingGroup,
  targetGroup: ApplicationTargetGroup,
  { name, metric, targetValue, disableScaleIn }: TargetTracking,
  props: ScalableStatelessInstancesProps,
): void {
  const isFast = props.highResolutionMetrics === HighResolutionMetrics.PUBLISH_AND_SCALE && !isRequestCount(metric);
  const policy = addPolicy(group, name, {
    policyType: 'TargetTrackingScaling',
    targetTrackingConfiguration: {
      predefinedMetricSpecification: isRequestCount(metric)
        ? { predefinedMetricType: metric, resourceLabel: `${targetGroup.firstLoadBalancerFullName}/${targetGroup.targetGroupFullName}` }
        : { predefinedMetricType: isFast ? `${metric}HighResolution` : metric },
      targetValue,
      disableScaleIn,
    },
  });
  if (isFast) acknowledge(policy, NEW_METRIC, props);
}

/** CloudFormation passes the name on to EC2 Auto Scaling, which has known it since November 2026. */
const NEW_METRIC = {
  rule: 'CloudFormation-Validate::W3030',
  reason: 'EC2 Auto Scaling has had this metric since November 2026; the rules of CloudFormation Validate are older.',
};

/** The defaults of simple scaling, besides those of EC2 Auto Scaling. */
export const SIMPLE_DEFAULTS = { period: Duration.minutes(2), evaluationPeriods: 2, adjustment: 1 } as const;

/** Adds the two policies of simple scaling, each with the alarm that starts it. */
function scaleSimply(group: AutoScalingGroup, metrics: ServiceMetrics, options: SimpleScalingOptions): void {
  const { adjustment = SIMPLE_DEFAULTS.adjustment, period = SIMPLE_DEFAULTS.period } = options;
  const { evaluationPeriods = SIMPLE_DEFAULTS.evaluationPeriods } = options;
  const directions = [
    {
      id: 'ScaleOut',
      change: adjustment,
      threshold: options.scaleOutCpuUtilizationPercent,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    },
    {
      id: 'ScaleIn',
      change: -adjustment,
      threshold: options.scaleInCpuUtilizationPercent,
      comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    },
  ] as const;
  for (const { id, change, threshold, comparisonOperator } of directions) {
    const policy = addPolicy(group, id, {
      policyType: 'SimpleScaling',
      adjustmentType: 'ChangeInCapacity',
      scalingAdjustment: change,
      cooldown: options.cooldown && String(secondsOf(options.cooldown)),
    });
    const alarm = new Alarm(group, `${id}Alarm`, {
      metric: metrics.cpuUtilization({ period }),
      threshold,
      evaluationPeriods,
      comparisonOperator,
      alarmDescription: `Starts ${id} of ${group.node.path}`,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
  }
}

/** Adds a step-scaling policy on the response time. It never removes instances. */
function scaleOnResponseTime(group: AutoScalingGroup, metrics: ServiceMetrics, props: ScalableStatelessInstancesProps): void {
  const seconds = secondsOf(props.scaleOutResponseTimeThreshold);
  if (seconds === undefined) return;
  const policy = addPolicy(group, 'ResponseTime', {
    policyType: 'StepScaling',
    adjustmentType: 'PercentChangeInCapacity',
    minAdjustmentMagnitude: 1,
    metricAggregationType: 'Maximum',
    stepAdjustments: RESPONSE_TIME_STEPS.map(({ percent, from, to }) => ({
      scalingAdjustment: percent,
      metricIntervalLowerBound: from * seconds,
      metricIntervalUpperBound: to && to * seconds,
    })),
  });
  responseTimeAlarm(group, metrics, seconds, props).addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
}

/** Adds a predictive scaling policy on CPU. */
function addPredictiveScaling(group: AutoScalingGroup, { targetTracking }: ScalingPolicy, mode: PredictiveScaling | undefined): void {
  const cpu = targetTracking.find(({ name }) => name === 'Cpu');
  if (cpu === undefined || mode === undefined || mode === PredictiveScaling.OFF) return;
  addPolicy(group, 'Predictive', {
    policyType: 'PredictiveScaling',
    predictiveScalingConfiguration: {
      mode,
      metricSpecifications: [
        { targetValue: cpu.targetValue, predefinedMetricPairSpecification: { predefinedMetricType: 'ASGCPUUtilization' } },
      ],
    },
  });
}
