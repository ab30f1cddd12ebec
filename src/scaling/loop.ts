import { A_MONDAY, minuteOf } from '../plan/calendar';
import type { ScalingPolicy } from '../plan/policy';
import { every } from '../time/every';
import type { Cancel, Time } from '../time/time';
import type { Activity, NotScaled, NotScaledReason } from './activity';
import type { AwsBehavior } from './aws-behavior';
import { startBeats } from './beats';
import { type BoundsChange, boundsCause, CapacityBounds } from './capacity-bounds';
import { Cooldowns } from './cooldowns';
import type { Decision } from './decision';
import type { Fleet } from './fleet';
import { Judge } from './judge';
import { MetricFeed } from './metric-feed';
import { NotScaledLog } from './not-scaled-log';
import { Policies } from './policies';
import type { PolicyChange, PredictedMinimum } from './policy-change';
import type { Proposal } from './proposal';
import { startSchedules } from './scheduled-bounds';

/** What differs from run to run and no caller of AWS can choose. */
export interface LoopTiming {
  /** Where in the scenario the first metric period ends. */
  readonly firstPeriodEndsAtSeconds: number;
  /** Where in the scenario the alarms are first evaluated. */
  readonly firstEvaluationAtSeconds: number;
  /** From the end of a metric period until its datapoint is visible. */
  readonly metricDelaySeconds: number;
  /** The same for metrics of high resolution. */
  readonly highResolutionDelaySeconds: number;
  /** From the time of a scheduled action until it acts. */
  readonly scheduledActionDelaySeconds: number;
}

/** What a scaling loop works on, and whom it tells. */
export interface LoopOptions {
  readonly policy: ScalingPolicy;
  readonly behavior: AwsBehavior;
  readonly timing: LoopTiming;
  readonly desiredCount: number;
  /**
   * Minutes since 1970 at the beginning of the scenario, for scheduled actions.
   *
   * @default - a Monday at midnight
   */
  readonly startMinute?: number;
  /** @default - none */
  readonly policyChanges?: readonly PolicyChange[];
  /** @default - none */
  readonly predictedMinimums?: readonly PredictedMinimum[];
  readonly onActivity?: (activity: Activity) => void;
}

/**
 * Application Auto Scaling as one ECS service sees it, or EC2 Auto Scaling as
 * one group does: reports metrics, evaluates alarms, decides, and sets the
 * desired count.
 *
 * It acts again in each minute that an alarm stays raised, so it is the
 * cooldowns, and not the edges of the alarms, that pace it.
 */
export class ScalingLoop {
  public readonly activities: Activity[] = [];
  private readonly feed: MetricFeed;
  private readonly policies: Policies;
  private readonly bounds: CapacityBounds;
  private readonly cooldowns: Cooldowns;
  private readonly judge: Judge;
  private readonly notScaledLog: NotScaledLog;
  private readonly stops: Cancel[] = [];
  private stopWatching: Cancel | undefined;
  private desired: number;

  private constructor(
    private readonly time: Time,
    private readonly fleet: Fleet,
    private readonly options: LoopOptions,
  ) {
    const { policy, behavior, timing } = options;
    const isGroup = policy.platform === 'ec2';
    this.feed = new MetricFeed(behavior, timing, policy, fleet.counters);
    this.policies = new Policies(policy, this.feed, behavior);
    this.bounds = new CapacityBounds(policy);
    this.cooldowns = new Cooldowns({
      // an instance that warms up counts as capacity that is on its way, and nothing is taken away meanwhile.
      scaleOutBlocksScaleIn: isGroup || behavior.scaleOutBlocksScaleIn,
      cooldownBase: isGroup ? 'before-first-step' : behavior.cooldownBase,
      openScaleInBlocks: !isGroup,
    });
    this.judge = new Judge(this.policies, behavior, policy.suspended);
    this.notScaledLog = new NotScaledLog(behavior.periodSeconds);
    this.desired = options.desiredCount;
  }

  /** Starts the loop. The returned `stop` ends it. */
  public static start(time: Time, fleet: Fleet, options: LoopOptions): { readonly loop: ScalingLoop; readonly stop: Cancel } {
    const loop = new ScalingLoop(time, fleet, options);
    loop.startClocks();
    loop.startChanges();
    return { loop, stop: () => loop.stop() };
  }

  public get desiredCount(): number {
    return this.desired;
  }

  /** The bounds in force, wherever schedules and predictions have moved them. */
  public get capacityBounds(): { readonly min: number; readonly max: number } {
    return { min: this.bounds.min, max: this.bounds.max };
  }

  /** What was decided and changed nothing, and why. */
  public get notScaled(): readonly NotScaled[] {
    return this.notScaledLog.entries;
  }

  private startClocks(): void {
    const { timing, behavior } = this.options;
    const { periodSeconds: longSeconds, highResolutionPeriodSeconds } = behavior;
    const lengths = { longSeconds, shortSeconds: this.policies.hasFastAlarms ? highResolutionPeriodSeconds : longSeconds };
    this.stops.push(
      startBeats(this.time, { ...lengths, firstAtSeconds: timing.firstPeriodEndsAtSeconds }, (endsLong) => this.report(endsLong)),
      startBeats(this.time, { ...lengths, firstAtSeconds: timing.firstEvaluationAtSeconds }, (endsLong) => this.evaluate(endsLong)),
    );
  }

  private startChanges(): void {
    const { policy, timing, startMinute = minuteOf(A_MONDAY), policyChanges = [], predictedMinimums = [] } = this.options;
    const schedule = { startMinute, delaySeconds: timing.scheduledActionDelaySeconds };
    const later = (atSeconds: number, run: () => void): Cancel => this.time.after(atSeconds - this.time.nowSeconds, run);
    this.stops.push(
      ...policyChanges.map((change) => later(change.atSeconds, () => this.policies.change(change))),
      ...predictedMinimums.map(({ atSeconds, minCapacity }) => later(atSeconds, () => this.predict(minCapacity))),
    );
    if (!policy.suspended.schedules) {
      this.stops.push(startSchedules(this.time, policy.scheduledActions, schedule, (action) => this.setBounds(action)));
    }
  }

  private stop(): void {
    for (const stop of this.stops) stop();
    this.stopWatching?.();
  }

  private report(endsLong: boolean): void {
    const { periodSeconds, highResolutionPeriodSeconds } = this.options.behavior;
    const { counters } = this.fleet;
    if (this.policies.hasFastAlarms) this.feed.report(highResolutionPeriodSeconds, this.time.nowSeconds, counters);
    if (endsLong) this.feed.report(periodSeconds, this.time.nowSeconds, counters);
  }

  private evaluate(endsLong: boolean): void {
    const nowSeconds = this.time.nowSeconds;
    this.policies.evaluate(nowSeconds, endsLong);
    const verdict = this.judge.decide({
      runningCount: this.fleet.runningCount,
      isDeploying: this.fleet.isDeploying,
      desired: this.desired,
      min: this.bounds.min,
      max: this.bounds.max,
      cooldowns: this.cooldowns,
      nowSeconds,
    });
    if (verdict !== undefined) this.carryOut(verdict.proposal, verdict.base, verdict.decision);
  }

  private carryOut(proposal: Proposal, baseCapacity: number, decision: Decision): void {
    if ('notScaled' in decision) {
      this.note(decision.notScaled, proposal.cause);
      return;
    }
    const { origin, cause, metric, metricValue, targetValue, cooldownSeconds } = proposal;
    const signal = { origin, cause, metric, metricValue, targetValue };
    this.change({ ...signal, baseCapacity, computedCapacity: decision.computed }, decision.toCapacity, cooldownSeconds);
  }

  /** A schedule asks for no cooldown and waits for none. */
  private setBounds(change: BoundsChange): void {
    this.bounds.set(change);
    this.moveTo(this.bounds.clamp(change.desiredCapacity ?? this.desired), 'scheduled-action', boundsCause(change));
  }

  /** A predicted minimum only ever adds tasks: what it no longer asks for is left to the policies. */
  private predict(minCapacity: number): void {
    this.bounds.predict(minCapacity);
    const cause = `predictive scaling set the minimum capacity to ${minCapacity}`;
    this.moveTo(Math.max(this.desired, this.bounds.min), 'predicted-minimum', cause);
  }

  private moveTo(count: number, origin: Activity['origin'], cause: string): void {
    if (count === this.desired) return;
    this.change({ origin, cause, baseCapacity: this.fleet.runningCount, computedCapacity: count }, count);
  }

  private change(
    why: Omit<Activity, 'startSeconds' | 'statusCode' | 'fromCapacity' | 'toCapacity'>,
    toCapacity: number,
    cooldownSeconds?: number,
  ): void {
    const activity: Activity = {
      startSeconds: this.time.nowSeconds,
      statusCode: 'InProgress',
      ...why,
      fromCapacity: this.desired,
      toCapacity,
    };
    this.desired = toCapacity;
    this.cooldowns.begin(activity, cooldownSeconds);
    this.activities.push(activity);
    this.fleet.setDesiredCount(toCapacity);
    this.watchActivity();
    this.options.onActivity?.(activity);
  }

  private note(reason: NotScaledReason, cause: string): void {
    this.notScaledLog.note({ atSeconds: this.time.nowSeconds, reason, currentCapacity: this.desired, cause });
  }

  /** An activity ends, and its cooldown begins, when the tasks that run are the tasks that were wanted. Nobody looks while none is open. */
  private watchActivity(): void {
    this.stopWatching ??= every(this.time, { firstAtSeconds: Math.floor(this.time.nowSeconds) + 1, periodSeconds: 1 }, () =>
      this.lookAfter(),
    );
  }

  private lookAfter(): void {
    const { openActivity } = this.cooldowns;
    if (openActivity === undefined) return;
    const nowSeconds = this.time.nowSeconds;
    if (this.fleet.isSteady) this.cooldowns.complete(nowSeconds);
    else if (nowSeconds - openActivity.startSeconds >= this.options.behavior.unfulfilledAfterSeconds) this.cooldowns.giveUp(nowSeconds);
    else return;
    this.stopWatching?.();
    this.stopWatching = undefined;
  }
}
