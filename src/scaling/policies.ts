import type { ScalingPolicy } from '../plan/policy';
import { AlarmDrivenPolicy } from './alarm-driven-policy';
import type { AlarmEvaluation } from './alarm-evaluation';
import type { AwsBehavior } from './aws-behavior';
import type { MetricFeed } from './metric-feed';
import { TargetTrackingPolicy, targetTrackingAlarmName } from './target-tracking-policy';

/** The scaling policies of a service with their alarms. */
export class Policies {
  public targetTracking: readonly TargetTrackingPolicy[];
  public readonly stepScaling: readonly AlarmDrivenPolicy[];
  public readonly simpleScaling: readonly AlarmDrivenPolicy[];

  public constructor(
    private readonly policy: ScalingPolicy,
    private readonly feed: MetricFeed,
    private readonly behavior: AwsBehavior,
  ) {
    this.targetTracking = policy.targetTracking.map((tracking) => this.targetTrackingPolicy(tracking));
    this.stepScaling = policy.stepScaling.map((rule) => AlarmDrivenPolicy.stepScaling(rule, feed, behavior));
    this.simpleScaling = policy.simpleScaling.map((rule) => AlarmDrivenPolicy.simpleScaling(rule, feed, behavior));
  }

  /** Whether any alarm is evaluated more than once a minute. */
  public get hasHighResolutionAlarms(): boolean {
    return this.alarms().some((alarm) => alarm.isHighResolution);
  }

  /** Whether any alarm invokes its action now. */
  public get invokeAction(): boolean {
    for (const alarm of this.alarms()) if (alarm.invokesAction) return true;
    return false;
  }

  /** The alarms of all policies by their names. */
  public get namedAlarms(): ReadonlyMap<string, AlarmEvaluation> {
    return new Map([
      ...this.targetTracking.flatMap(({ policy, highAlarm, lowAlarm }) => [
        [targetTrackingAlarmName(policy.name, 'High'), highAlarm] as const,
        [targetTrackingAlarmName(policy.name, 'Low'), lowAlarm] as const,
      ]),
      ...[...this.stepScaling, ...this.simpleScaling].map(({ alarmName, alarm }) => [alarmName, alarm] as const),
    ]);
  }

  /** Evaluates the alarms that are due: those on high-resolution metrics each time, the others once a minute. */
  public evaluate(nowSeconds: number, isFullMinute: boolean): void {
    for (const alarm of this.alarms()) {
      if (isFullMinute || alarm.isHighResolution) alarm.evaluate(nowSeconds);
      else alarm.skip();
    }
  }

  /** Replaces target-tracking policies (`PutScalingPolicy`): with another target and new alarms on the existing datapoints. */
  public applyChange({ policyName, targetValue }: PolicyChange): void {
    this.targetTracking = this.targetTracking.map((tracked) =>
      policyName === undefined || tracked.policy.name === policyName
        ? this.targetTrackingPolicy({ ...tracked.policy, targetValue })
        : tracked,
    );
    this.cachedAlarms = undefined;
  }

  private cachedAlarms: readonly AlarmEvaluation[] | undefined;

  private alarms(): readonly AlarmEvaluation[] {
    this.cachedAlarms ??= [
      ...this.targetTracking.flatMap((tracked) => tracked.alarms),
      ...[...this.stepScaling, ...this.simpleScaling].map((policy) => policy.alarm),
    ];
    return this.cachedAlarms;
  }

  private targetTrackingPolicy(tracking: TargetTrackingPolicy['policy']): TargetTrackingPolicy {
    return new TargetTrackingPolicy(tracking, this.policy.platform, this.feed, this.behavior);
  }
}

/**
 * A target that is changed with `PutScalingPolicy` while a scenario runs.
 *
 * The policy gets new alarms, which evaluate the existing datapoints, so it may scale within a minute.
 */
export interface PolicyChange {
  readonly atSeconds: number;
  /**
   * The name of the target-tracking policy.
   *
   * @default - all of them
   */
  readonly policyName?: string;
  readonly targetValue: number;
}

/** A minimum capacity that predictive scaling sets, until the next one. */
export interface PredictedMinimum {
  readonly atSeconds: number;
  readonly minCapacity: number;
}
