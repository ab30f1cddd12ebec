import type { ScalingPolicy } from '../plan/policy';
import { AlarmDrivenPolicy } from './alarm-driven-policy';
import type { AwsBehavior } from './aws-behavior';
import type { MetricFeed } from './metric-feed';
import type { PolicyChange } from './policy-change';
import { TrackedPolicy } from './tracked-policy';
import type { WatchedAlarm } from './watched-alarm';

/** The policies of a service with their alarms, which can be put again while they are in force. */
export class Policies {
  public tracked: readonly TrackedPolicy[];
  public readonly stepping: readonly AlarmDrivenPolicy[];
  public readonly simple: readonly AlarmDrivenPolicy[];

  public constructor(
    private readonly policy: ScalingPolicy,
    private readonly feed: MetricFeed,
    private readonly behavior: AwsBehavior,
  ) {
    this.tracked = policy.targetTracking.map((tracking) => this.track(tracking));
    this.stepping = policy.stepScaling.map((rule) => AlarmDrivenPolicy.stepping(rule, feed, behavior));
    this.simple = policy.simpleScaling.map((rule) => AlarmDrivenPolicy.simple(rule, feed, behavior));
  }

  /** Whether any alarm is evaluated more than once a minute. */
  public get hasFastAlarms(): boolean {
    return this.alarms().some((alarm) => alarm.isFast);
  }

  /** Evaluates the alarms whose turn it is: the fast ones always, the others once a minute. */
  public evaluate(nowSeconds: number, isFullMinute: boolean): void {
    for (const alarm of this.alarms()) {
      if (isFullMinute || alarm.isFast) alarm.evaluate(nowSeconds);
      else alarm.rest();
    }
  }

  /** Puts target-tracking policies again: with another target and with new alarms, which look at what is already there. */
  public change({ policyName, targetValue }: PolicyChange): void {
    this.tracked = this.tracked.map((tracked) =>
      policyName === undefined || tracked.policy.name === policyName ? this.track({ ...tracked.policy, targetValue }) : tracked,
    );
    this.known = undefined;
  }

  private known: readonly WatchedAlarm[] | undefined;

  private alarms(): readonly WatchedAlarm[] {
    this.known ??= [
      ...this.tracked.flatMap((tracked) => tracked.alarms),
      ...[...this.stepping, ...this.simple].map((policy) => policy.alarm),
    ];
    return this.known;
  }

  private track(tracking: TrackedPolicy['policy']): TrackedPolicy {
    return new TrackedPolicy(tracking, this.policy.platform, this.feed, this.behavior);
  }
}
