import type { PeriodicAlarmRule } from '../plan/alarm-rule';
import { isHighResolution } from '../plan/metric';
import type { ScalingPolicy } from '../plan/policy';
import type { TargetTracking } from '../plan/target-tracking';
import { type AwsBehavior, lowShareOf } from './aws-behavior';
import { lowThreshold, proportionalCapacity, type Signal } from './decision';
import type { MetricFeed } from './metric-feed';
import { alarmCause, type Proposal } from './proposal';
import { WatchedAlarm } from './watched-alarm';

/**
 * A target-tracking policy and the two alarms that are made for it: one that
 * asks for more tasks and one that allows fewer.
 */
export class TrackedPolicy {
  public readonly high: WatchedAlarm;
  public readonly low: WatchedAlarm;

  public constructor(
    public readonly policy: TargetTracking,
    platform: ScalingPolicy['platform'],
    feed: MetricFeed,
    private readonly behavior: AwsBehavior,
  ) {
    const series = feed.series({ metric: policy.metric });
    this.high = new WatchedAlarm(highRule(policy, behavior), series, behavior);
    this.low = new WatchedAlarm(lowRule(policy, platform, behavior), series, behavior);
  }

  public get alarms(): readonly WatchedAlarm[] {
    return [this.high, this.low];
  }

  /** What the policy sees when it decides. */
  public signal(alarm: WatchedAlarm): Signal {
    return { value: alarm.value(this.behavior.decisionDatapoint) ?? 0, targetValue: this.policy.targetValue };
  }

  /** Whether the metric is over its target now, for whom three minutes of it are too long to wait: a service without a task. */
  public get isOverTargetNow(): boolean {
    return (this.high.value() ?? 0) > this.policy.targetValue;
  }

  /** What the policy asks for, from a number of tasks. */
  public proposal(direction: 'out' | 'in', base: number): Proposal {
    const isOut = direction === 'out';
    const { name, metric, targetValue, scaleOutCooldownSeconds, scaleInCooldownSeconds } = this.policy;
    const signal = this.signal(isOut ? this.high : this.low);
    return {
      origin: 'target-tracking',
      cause: alarmCause(`TargetTracking-${name}-${isOut ? 'AlarmHigh' : 'AlarmLow'}`, name),
      metric,
      metricValue: signal.value,
      targetValue,
      computed: proportionalCapacity(base, signal),
      cooldownSeconds: isOut ? scaleOutCooldownSeconds : scaleInCooldownSeconds,
    };
  }
}

function highRule({ metric, targetValue }: TargetTracking, behavior: AwsBehavior): PeriodicAlarmRule {
  const periodSeconds = isHighResolution(metric) ? behavior.highResolutionPeriodSeconds : behavior.periodSeconds;
  return rule('GreaterThanThreshold', targetValue, behavior.highDatapoints, periodSeconds);
}

function lowRule({ metric, targetValue }: TargetTracking, platform: ScalingPolicy['platform'], behavior: AwsBehavior): PeriodicAlarmRule {
  const isFast = isHighResolution(metric) && behavior.highResolutionLowAlarm === '15-datapoints';
  const periodSeconds = isFast ? behavior.highResolutionPeriodSeconds : behavior.periodSeconds;
  return rule('LessThanThreshold', lowThreshold(targetValue, lowShareOf(behavior, platform)), behavior.lowDatapoints, periodSeconds);
}

function rule(
  comparisonOperator: PeriodicAlarmRule['comparisonOperator'],
  threshold: number,
  datapoints: number,
  periodSeconds: number,
): PeriodicAlarmRule {
  const counts = { evaluationPeriods: datapoints, datapointsToAlarm: datapoints };
  return { comparisonOperator, threshold, periodSeconds, treatMissingData: 'missing', ...counts };
}
