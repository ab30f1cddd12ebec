import type { WatchedAlarm } from '../plan/alarm-rollback';
import type { ScalingPolicy } from '../plan/policy';
import { DEFAULT_START, minutesSince1970 } from '../time/calendar';
import { type Cancel, type Clock, every, everyPeriod } from '../time/clock';
import { type Activity, type NotScaled, NotScaledLog, type NotScaledReason } from './activity';
import { isActivityComplete } from './activity-completion';
import type { AlarmEvaluation } from './alarm-evaluation';
import type { AwsBehavior } from './aws-behavior';
import { type BoundsChange, boundsCause, CapacityBounds, startSchedules } from './capacity-bounds';
import { Cooldowns } from './cooldowns';
import type { Decision, Proposal } from './decision';
import type { Fleet, FleetCounters } from './fleet';
import type { LoopTiming } from './loop-timing';
import { MetricFeed } from './metric-feed';
import { Policies, type PolicyChange, type PredictedMinimum } from './policies';
import { PolicyCombiner } from './policy-combiner';
import { WatchedAlarms } from './watched-alarms';

/** The inputs of a scaling loop, and its observer. */
export interface LoopOptions {
  readonly policy: ScalingPolicy;
  readonly behavior: AwsBehavior;
  readonly timing: LoopTiming;
  readonly desiredCount: number;
  /**
   * Minutes since 1970 at the start of the scenario, in the time zone that all scheduled actions share, else in UTC.
   *
   * @default - a Monday at midnight
   */
  readonly startMinute?: number;
  /** @default - none */
  readonly policyChanges?: readonly PolicyChange[];
  /** @default - none */
  readonly predictedMinimums?: readonly PredictedMinimum[];
  /** What the fleet counted in each second before the start; without it metrics begin at the start. */
  readonly historyPerSecond?: FleetCounters;
  /**
   * The alarms that ECS watches during a deployment. The fleet gets their states.
   *
   * @default - none
   */
  readonly watchedAlarms?: readonly WatchedAlarm[];
  readonly onActivity?: (activity: Activity) => void;
}

/**
 * Application Auto Scaling for one ECS service, or EC2 Auto Scaling for one group: publishes metrics, evaluates alarms, decides, and
 * sets the desired count.
 *
 * An alarm that stays in ALARM invokes its action every minute, so the cooldowns limit how often the service scales.
 */
export class ScalingLoop {
  public readonly activities: Activity[] = [];
  private readonly metricFeed: MetricFeed;
  private readonly policies: Policies;
  private readonly watchedAlarms: WatchedAlarms;
  private readonly bounds: CapacityBounds;
  private readonly cooldowns: Cooldowns;
  private readonly combiner: PolicyCombiner;
  private readonly notScaledLog: NotScaledLog;
  private readonly cancels: Cancel[] = [];
  private stopActivityChecks: Cancel | undefined;
  private currentDesiredCount: number;

  private constructor(
    private readonly clock: Clock,
    private readonly fleet: Fleet,
    private readonly options: LoopOptions,
  ) {
    const { policy, behavior, timing } = options;
    const isAutoScalingGroup = policy.platform === 'ec2';
    this.metricFeed = new MetricFeed(behavior, timing, policy, fleet.counters, options.historyPerSecond);
    this.policies = new Policies(policy, this.metricFeed, behavior);
    this.watchedAlarms = new WatchedAlarms(options.watchedAlarms ?? [], this.metricFeed, behavior, (name, isInAlarm) =>
      fleet.setAlarmState?.(name, isInAlarm),
    );
    this.metricFeed.addHistory();
    this.bounds = new CapacityBounds(policy);
    this.cooldowns = new Cooldowns({
      // an instance that warms up counts as capacity, and the group does not scale in until it has.
      scaleOutBlocksScaleIn: isAutoScalingGroup || behavior.scaleOutBlocksScaleIn,
      cooldownBase: isAutoScalingGroup ? 'before-first-step' : behavior.cooldownBase,
      blocksUntilScaleInCompletes: !isAutoScalingGroup,
    });
    this.combiner = new PolicyCombiner(this.policies, behavior, policy.suspended);
    this.notScaledLog = new NotScaledLog(behavior.periodSeconds);
    this.currentDesiredCount = options.desiredCount;
  }

  /** Starts the loop. The returned `stop` stops it. */
  public static start(clock: Clock, fleet: Fleet, options: LoopOptions): { readonly loop: ScalingLoop; readonly stop: Cancel } {
    const loop = new ScalingLoop(clock, fleet, options);
    loop.startPeriods();
    loop.startScheduledChanges();
    return { loop, stop: () => loop.stop() };
  }

  public get desiredCount(): number {
    return this.currentDesiredCount;
  }

  /** The current minimum and maximum capacity, with all changes by scheduled actions and predictive scaling. */
  public get capacityBounds(): { readonly min: number; readonly max: number } {
    return { min: this.bounds.min, max: this.bounds.max };
  }

  /** The alarms that the loop evaluates, by their names. */
  public get alarms(): ReadonlyMap<string, AlarmEvaluation> {
    return new Map([...this.watchedAlarms.namedAlarms, ...this.policies.namedAlarms]);
  }

  /** The decisions that changed nothing, and why. */
  public get notScaled(): readonly NotScaled[] {
    return this.notScaledLog.entries;
  }

  /** Publishes metrics and evaluates alarms at the end of their periods. */
  private startPeriods(): void {
    const { timing, behavior } = this.options;
    const { periodSeconds: longSeconds, highResolutionPeriodSeconds } = behavior;
    const periodLengths = { longSeconds, shortSeconds: this.policies.hasHighResolutionAlarms ? highResolutionPeriodSeconds : longSeconds };
    this.cancels.push(
      everyPeriod(this.clock, { ...periodLengths, firstAtSeconds: timing.firstPeriodEndsAtSeconds }, (isFullMinute) =>
        this.publishMetrics(isFullMinute),
      ),
      everyPeriod(this.clock, { ...periodLengths, firstAtSeconds: timing.firstEvaluationAtSeconds }, (isFullMinute) =>
        this.evaluate(isFullMinute),
      ),
    );
  }

  private startScheduledChanges(): void {
    const { policy, timing, startMinute = minutesSince1970(DEFAULT_START), policyChanges = [], predictedMinimums = [] } = this.options;
    const scheduleTiming = { startMinute, delaySeconds: timing.scheduledActionDelaySeconds };
    const atSecond = (atSeconds: number, run: () => void): Cancel => this.clock.after(atSeconds - this.clock.nowSeconds, run);
    this.cancels.push(
      ...policyChanges.map((change) => atSecond(change.atSeconds, () => this.policies.applyChange(change))),
      ...predictedMinimums.map(({ atSeconds, minCapacity }) => atSecond(atSeconds, () => this.setPredictedMinimum(minCapacity))),
    );
    if (!policy.suspended.schedules) {
      this.cancels.push(startSchedules(this.clock, policy.scheduledActions, scheduleTiming, (action) => this.setBounds(action)));
    }
  }

  private stop(): void {
    for (const cancel of this.cancels) cancel();
    this.stopActivityChecks?.();
  }

  private publishMetrics(isFullMinute: boolean): void {
    const { periodSeconds, highResolutionPeriodSeconds } = this.options.behavior;
    const { counters } = this.fleet;
    if (this.policies.hasHighResolutionAlarms) this.metricFeed.publish(highResolutionPeriodSeconds, this.clock.nowSeconds, counters);
    if (isFullMinute) this.metricFeed.publish(periodSeconds, this.clock.nowSeconds, counters);
  }

  private evaluate(isFullMinute: boolean): void {
    const nowSeconds = this.clock.nowSeconds;
    this.policies.evaluate(nowSeconds, isFullMinute);
    if (isFullMinute) this.watchedAlarms.evaluate(nowSeconds);
    const combined = this.combiner.decide({
      runningCount: this.fleet.runningCount,
      // scaling goes on while an instance refresh does.
      isDeploying: this.options.policy.platform === 'ecs' && this.fleet.isDeploying,
      desiredCount: this.currentDesiredCount,
      min: this.bounds.min,
      max: this.bounds.max,
      cooldowns: this.cooldowns,
      nowSeconds,
    });
    if (combined !== undefined) this.applyDecision(combined.proposal, combined.baseCapacity, combined.decision);
  }

  private applyDecision(proposal: Proposal, baseCapacity: number, decision: Decision): void {
    if ('notScaled' in decision) {
      this.recordNotScaled(decision.notScaled, proposal.cause);
      return;
    }
    const { cooldownSeconds, computedCapacity: _, ...metricAndCause } = proposal;
    const { toCapacity, computedCapacity } = decision;
    this.startActivity({ ...metricAndCause, baseCapacity, computedCapacity }, toCapacity, cooldownSeconds);
  }

  /** Something else than this loop has set the desired count of the fleet: `UpdateService`. */
  public adoptDesiredCount(desiredCount: number): void {
    this.currentDesiredCount = desiredCount;
  }

  /** Sets the bounds by a scheduled action, or by `RegisterScalableTarget`. That has no cooldown and waits for none. */
  public setBounds(change: BoundsChange): void {
    this.bounds.set(change);
    this.setDesiredCount(this.bounds.clamp(change.desiredCapacity ?? this.currentDesiredCount), 'scheduled-action', boundsCause(change));
  }

  /** A predicted minimum only adds tasks. When it falls, the policies scale in. */
  private setPredictedMinimum(minCapacity: number): void {
    this.bounds.setPredictedMinimum(minCapacity);
    const cause = `predictive scaling set the minimum capacity to ${minCapacity}`;
    this.setDesiredCount(Math.max(this.currentDesiredCount, this.bounds.min), 'predicted-minimum', cause);
  }

  private setDesiredCount(count: number, origin: Activity['origin'], cause: string): void {
    if (count === this.currentDesiredCount) return;
    this.startActivity({ origin, cause, baseCapacity: this.fleet.runningCount, computedCapacity: count }, count);
  }

  private startActivity(
    reason: Omit<Activity, 'startSeconds' | 'statusCode' | 'fromCapacity' | 'toCapacity'>,
    toCapacity: number,
    cooldownSeconds?: number,
  ): void {
    const activity: Activity = {
      startSeconds: this.clock.nowSeconds,
      statusCode: 'InProgress',
      ...reason,
      fromCapacity: this.currentDesiredCount,
      toCapacity,
    };
    this.currentDesiredCount = toCapacity;
    this.cooldowns.start(activity, cooldownSeconds);
    this.activities.push(activity);
    this.fleet.setDesiredCount(toCapacity);
    this.startActivityCheck();
    this.options.onActivity?.(activity);
  }

  private recordNotScaled(reason: NotScaledReason, cause: string): void {
    this.notScaledLog.record({ atSeconds: this.clock.nowSeconds, reason, currentCapacity: this.currentDesiredCount, cause });
  }

  /** An activity ends, and its cooldown begins, when it is complete. That is checked each second while an activity is in progress. */
  private startActivityCheck(): void {
    this.stopActivityChecks ??= every(this.clock, { firstAtSeconds: Math.floor(this.clock.nowSeconds) + 1, periodSeconds: 1 }, () =>
      this.checkActivity(),
    );
  }

  private checkActivity(): void {
    const { activityInProgress } = this.cooldowns;
    if (activityInProgress === undefined) return;
    const nowSeconds = this.clock.nowSeconds;
    if (isActivityComplete(activityInProgress, this.fleet, this.options.behavior, nowSeconds)) this.cooldowns.complete(nowSeconds);
    else if (nowSeconds - activityInProgress.startSeconds >= this.options.behavior.unfulfilledAfterSeconds)
      this.cooldowns.timeOut(nowSeconds);
    else return;
    this.stopActivityChecks?.();
    this.stopActivityChecks = undefined;
  }
}
