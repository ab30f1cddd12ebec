import type { AlarmScaling, SimpleScaling, StepScaling } from '../plan/step-scaling';
import { adjustedCapacity, steppedCapacity } from './adjustment';
import type { AwsBehavior } from './aws-behavior';
import type { MetricFeed } from './metric-feed';
import { alarmCause, type Proposal } from './proposal';
import { WatchedAlarm } from './watched-alarm';

/** A step-scaling or simple-scaling policy and the alarm that sets it off. */
export class AlarmDrivenPolicy {
  public readonly alarm: WatchedAlarm;

  private constructor(
    private readonly policy: AlarmScaling & { readonly cooldownSeconds: number },
    private readonly origin: Proposal['origin'],
    private readonly capacityAt: (base: number, value: number) => number,
    feed: MetricFeed,
    behavior: AwsBehavior,
  ) {
    this.alarm = new WatchedAlarm(policy.alarm, feed.series(policy), behavior);
  }

  public static stepping(policy: StepScaling, feed: MetricFeed, behavior: AwsBehavior): AlarmDrivenPolicy {
    return new AlarmDrivenPolicy(policy, 'step-scaling', (base, value) => steppedCapacity(base, policy, value), feed, behavior);
  }

  public static simple(policy: SimpleScaling, feed: MetricFeed, behavior: AwsBehavior): AlarmDrivenPolicy {
    return new AlarmDrivenPolicy(policy, 'simple-scaling', (base) => adjustedCapacity(base, policy, policy.adjustment), feed, behavior);
  }

  /** What the policy asks for, from a number of tasks; the same number where it asks for nothing. */
  public proposal(base: number): Proposal {
    const metricValue = this.alarm.value() ?? this.policy.alarm.threshold;
    return {
      origin: this.origin,
      cause: alarmCause(this.policy.alarmName, this.policy.name),
      metric: this.policy.metric,
      metricValue,
      targetValue: this.policy.alarm.threshold,
      computed: this.capacityAt(base, metricValue),
      cooldownSeconds: this.policy.cooldownSeconds,
    };
  }
}
