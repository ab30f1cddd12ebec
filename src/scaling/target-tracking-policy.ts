import { isHighResolution } from '../metrics/metric';
import type { PeriodicAlarmRule } from '../plan/alarm-rule';
import type { ScalingPolicy } from '../plan/policy';
import type { TargetTracking } from '../plan/target-tracking';
import { AlarmEvaluation } from './alarm-evaluation';
import { type AwsBehavior, lowThresholdShareOf } from './aws-behavior';
import { alarmCause, lowThreshold, type MetricAndTarget, type Proposal, proportionalCapacity } from './decision';
import type { MetricFeed } from './metric-feed';

/** A target-tracking policy and the two alarms that Application Auto Scaling creates for it: the high and the low alarm. */
export class TargetTrackingPolicy {
  public readonly highAlarm: AlarmEvaluation;
  public readonly lowAlarm: AlarmEvaluation;
  private readonly causes: Readonly<Record<'out' | 'in', string>>;

  public constructor(
    public readonly policy: TargetTracking,
    platform: ScalingPolicy['platform'],
    feed: MetricFeed,
    private readonly behavior: AwsBehavior,
  ) {
    const series = feed.series({ metric: policy.metric });
    this.highAlarm = new AlarmEvaluation(highAlarmRule(policy, behavior), series, behavior);
    this.lowAlarm = new AlarmEvaluation(lowAlarmRule(policy, platform, behavior), series, behavior);
    this.causes = {
      out: alarmCause(targetTrackingAlarmName(policy.name, 'High'), policy.name),
      in: alarmCause(targetTrackingAlarmName(policy.name, 'Low'), policy.name),
    };
  }

  public get alarms(): readonly AlarmEvaluation[] {
    return [this.highAlarm, this.lowAlarm];
  }

  /** The value that the policy decides with. */
  public metricAndTarget(alarm: AlarmEvaluation): MetricAndTarget {
    return { value: alarm.value(this.behavior.decisionDatapoint) ?? 0, targetValue: this.policy.targetValue };
  }

  /** Whether the metric is over its target now: a service without tasks does not wait for three datapoints. */
  public get isOverTargetNow(): boolean {
    return (this.highAlarm.value() ?? 0) > this.policy.targetValue;
  }

  /** The proposal of the policy for a number of tasks. */
  public proposal(direction: 'out' | 'in', baseCapacity: number): Proposal {
    const isOut = direction === 'out';
    const { metric, targetValue, scaleOutCooldownSeconds, scaleInCooldownSeconds } = this.policy;
    const metricAndTarget = this.metricAndTarget(isOut ? this.highAlarm : this.lowAlarm);
    return {
      origin: 'target-tracking',
      cause: this.causes[direction],
      metric,
      metricValue: metricAndTarget.value,
      targetValue,
      computedCapacity: proportionalCapacity(baseCapacity, metricAndTarget),
      cooldownSeconds: isOut ? scaleOutCooldownSeconds : scaleInCooldownSeconds,
    };
  }
}

/** The name of one of the two alarms of a target-tracking policy, without what AWS adds to make it unique. */
export function targetTrackingAlarmName(policyName: string, side: 'High' | 'Low'): string {
  return `TargetTracking-${policyName}-Alarm${side}`;
}

/** The alarm of a target-tracking policy that scales out. */
export function highAlarmRule({ metric, targetValue }: TargetTracking, behavior: AwsBehavior): PeriodicAlarmRule {
  const periodSeconds = isHighResolution(metric) ? behavior.highResolutionPeriodSeconds : behavior.periodSeconds;
  return alarmRule('GreaterThanThreshold', targetValue, behavior.highAlarmDatapoints, periodSeconds);
}

/** The alarm of a target-tracking policy that scales in. */
export function lowAlarmRule(
  { metric, targetValue }: TargetTracking,
  platform: ScalingPolicy['platform'],
  behavior: AwsBehavior,
): PeriodicAlarmRule {
  const isHighResolutionAlarm = isHighResolution(metric) && behavior.highResolutionLowAlarm === '15-datapoints';
  const periodSeconds = isHighResolutionAlarm ? behavior.highResolutionPeriodSeconds : behavior.periodSeconds;
  return alarmRule(
    'LessThanThreshold',
    lowThreshold(targetValue, lowThresholdShareOf(behavior, platform)),
    behavior.lowAlarmDatapoints,
    periodSeconds,
  );
}

function alarmRule(
  comparisonOperator: PeriodicAlarmRule['comparisonOperator'],
  threshold: number,
  datapoints: number,
  periodSeconds: number,
): PeriodicAlarmRule {
  const counts = { evaluationPeriods: datapoints, datapointsToAlarm: datapoints };
  return { comparisonOperator, threshold, periodSeconds, treatMissingData: 'missing', ...counts };
}
