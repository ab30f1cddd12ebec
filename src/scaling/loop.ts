import type { ScalingPolicy } from '../plan/policy';
import { every } from '../time/every';
import type { Cancel, Time } from '../time/time';
import type { Activity, NotScaled } from './activity';
import type { AwsBehavior } from './aws-behavior';
import { Cooldowns } from './cooldowns';
import { type Capacity, type Decision, decideScaleIn, decideScaleOut, proportionalCapacity, type Signal } from './decision';
import type { Fleet } from './fleet';
import { measure } from './measurement';
import { NotScaledLog } from './not-scaled-log';
import { TargetTrackingAlarms } from './target-tracking-alarms';

/** What differs from run to run and no caller of AWS can choose. */
export interface LoopTiming {
  /** Where in the scenario the first metric period ends. */
  readonly firstPeriodEndsAtSeconds: number;
  /** Where in the scenario the alarms are first evaluated. */
  readonly firstEvaluationAtSeconds: number;
  /** From the end of a metric period until its datapoint is visible. */
  readonly metricDelaySeconds: number;
}

/** What a scaling loop works on, and whom it tells. */
export interface LoopOptions {
  readonly policy: ScalingPolicy;
  readonly behavior: AwsBehavior;
  readonly timing: LoopTiming;
  readonly desiredCount: number;
  readonly onActivity?: (activity: Activity) => void;
}

/**
 * Application Auto Scaling, as far as one ECS service sees it: reports metrics,
 * evaluates alarms once a minute, decides, and sets the desired count.
 *
 * It acts again in each minute that an alarm stays raised, so it is the
 * cooldowns, and not the edges of the alarms, that pace it.
 */
export class ScalingLoop {
  public readonly activities: Activity[] = [];
  private readonly alarms: readonly TargetTrackingAlarms[];
  private readonly cooldowns = new Cooldowns();
  private readonly notScaledLog: NotScaledLog;
  private counters: Fleet['counters'];
  private desired: number;

  private constructor(
    private readonly time: Time,
    private readonly fleet: Fleet,
    private readonly options: LoopOptions,
  ) {
    this.alarms = options.policy.targetTracking.map((tracking) => new TargetTrackingAlarms(tracking, options.behavior));
    this.notScaledLog = new NotScaledLog(options.behavior.periodSeconds);
    this.counters = fleet.counters;
    this.desired = options.desiredCount;
  }

  /** Starts the loop. The returned `stop` ends it. */
  public static start(time: Time, fleet: Fleet, options: LoopOptions): { readonly loop: ScalingLoop; readonly stop: Cancel } {
    const loop = new ScalingLoop(time, fleet, options);
    const { behavior, timing } = options;
    const stops = [
      every(time, { firstAtSeconds: timing.firstPeriodEndsAtSeconds, periodSeconds: behavior.periodSeconds }, () => loop.report()),
      every(time, { firstAtSeconds: timing.firstEvaluationAtSeconds, periodSeconds: behavior.periodSeconds }, () => loop.evaluate()),
      every(time, { firstAtSeconds: 1, periodSeconds: 1 }, () => loop.completeActivity()),
    ];
    const stop = (): void => {
      for (const stopOne of stops) stopOne();
    };
    return { loop, stop };
  }

  public get desiredCount(): number {
    return this.desired;
  }

  /** What was decided and changed nothing, and why. */
  public get notScaled(): readonly NotScaled[] {
    return this.notScaledLog.entries;
  }

  /** Where nothing runs, a computation starts from one task. */
  private get runningCount(): number {
    return Math.max(1, this.fleet.runningCount);
  }

  private report(): void {
    const counters = this.fleet.counters;
    const before = this.counters;
    this.counters = counters;
    const visibleAtSeconds = this.time.nowSeconds + this.options.timing.metricDelaySeconds;
    for (const alarms of this.alarms) alarms.report(measure(alarms.policy.metric, before, counters), visibleAtSeconds);
  }

  private evaluate(): void {
    for (const alarms of this.alarms) alarms.evaluate(this.time.nowSeconds);
    const high = this.alarms.filter((alarms) => alarms.isHigh);
    const inward = this.alarms.filter((alarms) => !alarms.policy.disableScaleIn);
    if (high.length > 0) this.scaleOut(high);
    else if (inward.length > 0 && inward.every((alarms) => alarms.isLow)) this.scaleIn(inward);
  }

  /** Any policy may scale out, and the one that asks for most decides. */
  private scaleOut(high: readonly TargetTrackingAlarms[]): void {
    const base = this.cooldowns.scaleOutBase(this.time.nowSeconds) ?? this.runningCount;
    const leading = mostDemanding(high, base);
    this.carryOut({ leading, base, direction: 'out', decision: decideScaleOut(this.capacity(base), signalOf(leading)) });
  }

  /** All policies must allow fewer tasks, and the one that asks for most decides. */
  private scaleIn(low: readonly TargetTrackingAlarms[]): void {
    if (this.cooldowns.blocksScaleIn(this.time.nowSeconds)) return;
    const base = this.runningCount;
    const decision = decideScaleIn(this.capacity(base), low.map(signalOf), this.options.behavior.scaleInStep);
    this.carryOut({ leading: mostDemanding(low, base), base, direction: 'in', decision });
  }

  private carryOut(proposal: Proposal): void {
    const { leading, base, direction, decision } = proposal;
    const cause = causeOf(leading.policy.name, direction);
    if ('notScaled' in decision) {
      this.notScaledLog.note({ atSeconds: this.time.nowSeconds, reason: decision.notScaled, currentCapacity: this.desired, cause });
      return;
    }
    const activity: Activity = {
      startSeconds: this.time.nowSeconds,
      statusCode: 'InProgress',
      origin: 'target-tracking',
      cause,
      metric: leading.policy.metric,
      metricValue: signalOf(leading).value,
      targetValue: leading.policy.targetValue,
      baseCapacity: base,
      computedCapacity: decision.computed,
      fromCapacity: this.desired,
      toCapacity: decision.toCapacity,
    };
    const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = leading.policy;
    this.desired = decision.toCapacity;
    this.cooldowns.begin(activity, direction === 'out' ? scaleOutCooldownSeconds : scaleInCooldownSeconds);
    this.activities.push(activity);
    this.fleet.setDesiredCount(this.desired);
    this.options.onActivity?.(activity);
  }

  /** An activity ends, and its cooldown begins, when the tasks that run are the tasks that were wanted. */
  private completeActivity(): void {
    if (this.fleet.isSteady) this.cooldowns.complete(this.time.nowSeconds);
  }

  private capacity(base: number): Capacity {
    const { minCapacity, maxCapacity } = this.options.policy;
    return { base, desired: this.desired, min: minCapacity, max: maxCapacity };
  }
}

type Direction = 'in' | 'out';

interface Proposal {
  readonly leading: TargetTrackingAlarms;
  readonly base: number;
  readonly direction: Direction;
  readonly decision: Decision;
}

function mostDemanding(candidates: readonly TargetTrackingAlarms[], base: number): TargetTrackingAlarms {
  const demand = (alarms: TargetTrackingAlarms): number => proportionalCapacity(base, signalOf(alarms));
  return candidates.reduce((most, next) => (demand(next) > demand(most) ? next : most));
}

function signalOf(alarms: TargetTrackingAlarms): Signal {
  return { value: alarms.value ?? 0, targetValue: alarms.policy.targetValue };
}

function causeOf(policyName: string, direction: Direction): string {
  const alarm = `TargetTracking-${policyName}-${direction === 'out' ? 'AlarmHigh' : 'AlarmLow'}`;
  return `monitor alarm ${alarm} in state ALARM triggered policy ${policyName}`;
}
