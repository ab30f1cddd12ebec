import type { RollbackAlarms } from '../../src/plan/alarm-rollback';
import { hasScalingRule, type ScalingPolicy } from '../../src/plan/policy';
import { sharedTimeZone } from '../../src/plan/schedule';
import { randomTiming, type Scenario } from '../../src/run/scenario';
import type { Activity, NotScaled } from '../../src/scaling/activity';
import type { AlarmEvaluation } from '../../src/scaling/alarm-evaluation';
import type { Fleet } from '../../src/scaling/fleet';
import { ScalingLoop } from '../../src/scaling/loop';
import { minutesSince1970 } from '../../src/time/calendar';
import type { Cancel, Clock } from '../../src/time/clock';
import { localMinuteAt } from '../../src/time/time-zone';

/** An activity, and the moment on the emulation's clock from which its seconds count. */
export interface LiveActivity<Kind = Activity> {
  readonly activity: Kind;
  readonly countsFromSeconds: number;
}

/** What the scaling of a live service works on. */
export interface LiveScalingParts {
  /** The clock of the emulation. */
  readonly clock: Clock;
  readonly fleet: Fleet;
  readonly scenario: Scenario;
  /** Minutes since 1970 in UTC when the clock of the emulation showed 0. */
  readonly startMinute: number;
}

/** The scaling rules of a service: when they change, a loop with the new ones takes the place of the last one. */
interface ScalingRules {
  readonly policy: ScalingPolicy;
  readonly watched: RollbackAlarms['watched'];
}

interface RunningLoop {
  readonly loop: ScalingLoop;
  readonly stop: Cancel;
  readonly startedAtSeconds: number;
  /** The rules apart from the bounds, to compare with. */
  readonly rules: string;
}

/** Application Auto Scaling for one live service. Its rules may change at any time, as by `PutScalingPolicy`. */
export class LiveScaling {
  private running?: RunningLoop;
  private bounds = { min: 0, max: 0 };
  private readonly ended: LiveActivity[] = [];
  private readonly endedNotScaled: LiveActivity<NotScaled>[] = [];

  public constructor(private readonly parts: LiveScalingParts) {}

  /** All activities, the oldest first. */
  public get activities(): readonly LiveActivity[] {
    const { running } = this;
    if (running === undefined) return this.ended;
    return [...this.ended, ...running.loop.activities.map((activity) => ({ activity, countsFromSeconds: running.startedAtSeconds }))];
  }

  /** All decisions that changed nothing, the oldest first. */
  public get notScaled(): readonly LiveActivity<NotScaled>[] {
    const { running } = this;
    if (running === undefined) return this.endedNotScaled;
    return [
      ...this.endedNotScaled,
      ...running.loop.notScaled.map((activity) => ({ activity, countsFromSeconds: running.startedAtSeconds })),
    ];
  }

  /** The alarms that are evaluated, by their names. */
  public get alarms(): ReadonlyMap<string, AlarmEvaluation> {
    return this.running?.loop.alarms ?? new Map();
  }

  /** The minimum and the maximum capacity; undefined if the service has no scalable target. */
  public get capacityBounds(): { readonly min: number; readonly max: number } | undefined {
    return this.running?.loop.capacityBounds;
  }

  /** Something else has set the desired count: `UpdateService`. */
  public adoptDesiredCount(desiredCount: number): void {
    this.running?.loop.adoptDesiredCount(desiredCount);
  }

  /**
   * Applies the rules as they are now.
   *
   * @param policy undefined if the service has no scalable target.
   */
  public apply(policy: ScalingPolicy | undefined, watched: RollbackAlarms['watched'], desiredCount: number): void {
    if (policy === undefined) {
      this.end();
      return;
    }
    const rules = rulesText({ policy, watched });
    if (this.running?.rules !== rules) this.restart({ policy, watched }, rules, desiredCount);
    else if (policy.minCapacity === this.bounds.min && policy.maxCapacity === this.bounds.max) return;
    this.bounds = { min: policy.minCapacity, max: policy.maxCapacity };
    this.running!.loop.setBounds(changedBounds(policy, desiredCount));
  }

  public stop(): void {
    this.end();
  }

  /** Completes what an earlier loop has begun, once the fleet has the tasks that it set. */
  public settle(): void {
    const { fleet, clock } = this.parts;
    for (const { activity, countsFromSeconds } of this.ended) {
      if (activity.statusCode !== 'InProgress' || !fleet.isSteady) continue;
      activity.statusCode = fleet.runningCount === activity.toCapacity ? 'Successful' : 'Overridden';
      activity.endSeconds = clock.nowSeconds - countsFromSeconds;
    }
  }

  private restart(rules: ScalingRules, text: string, desiredCount: number): void {
    this.end();
    const { clock, fleet, scenario, startMinute } = this.parts;
    const startedAtSeconds = clock.nowSeconds;
    const { policy, watched } = rules;
    const utcMinute = startMinute + Math.floor(startedAtSeconds / SECONDS_PER_MINUTE);
    const { loop, stop } = ScalingLoop.start(new LaterClock(clock, startedAtSeconds), fleet, {
      policy,
      behavior: scenario.behavior,
      timing: randomTiming(scenario),
      desiredCount,
      startMinute: localMinuteAt(utcMinute, sharedTimeZone(policy.scheduledActions)),
      watchedAlarms: watched,
    });
    this.running = { loop, stop, startedAtSeconds, rules: text };
  }

  private end(): void {
    const { activities, notScaled } = this;
    this.running?.stop();
    this.running = undefined;
    this.ended.splice(0, this.ended.length, ...activities);
    this.endedNotScaled.splice(0, this.endedNotScaled.length, ...notScaled);
  }
}

const SECONDS_PER_MINUTE = 60;

/** The minute of UTC now. */
export function minuteNow(): number {
  const now = new Date();
  return minutesSince1970({
    year: now.getUTCFullYear(),
    month: now.getUTCMonth() + 1,
    day: now.getUTCDate(),
    hour: now.getUTCHours(),
    minute: now.getUTCMinutes(),
  });
}

/** The cause of the activity names the bound that the desired count breaks. */
function changedBounds({ minCapacity, maxCapacity }: ScalingPolicy, desiredCount: number): { minCapacity?: number; maxCapacity?: number } {
  if (desiredCount < minCapacity && desiredCount <= maxCapacity) return { minCapacity };
  return desiredCount > maxCapacity ? { maxCapacity } : { minCapacity, maxCapacity };
}

function rulesText({ policy: { minCapacity: _, maxCapacity: __, ...rules }, watched }: ScalingRules): string {
  return JSON.stringify([rules, watched, hasScalingRule({ ...rules, minCapacity: 0, maxCapacity: 0 })]);
}

/** A clock that shows 0 at a later moment than another one. */
class LaterClock implements Clock {
  public constructor(
    private readonly clock: Clock,
    private readonly zeroAtSeconds: number,
  ) {}

  public get nowSeconds(): number {
    return this.clock.nowSeconds - this.zeroAtSeconds;
  }

  public after(delaySeconds: number, run: () => void): Cancel {
    return this.clock.after(delaySeconds, run);
  }
}
