import type { ScalingPolicy } from '../plan/policy';
import { nextActionMinute, type ScheduledAction, sharedTimeZone } from '../plan/schedule';
import type { Cancel, Clock } from '../time/clock';
import { utcMinuteFrom } from '../time/time-zone';

/** A change of the minimum and maximum capacity by a scheduled action. */
export interface BoundsChange {
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  /** The desired capacity to set; only for EC2 auto scaling groups. */
  readonly desiredCapacity?: number;
}

/** The minimum and maximum capacity of a service, which scheduled actions and predictive scaling change. */
export class CapacityBounds {
  private minCapacity: number;
  private maxCapacity: number;
  private predictedMinimum = 0;

  public constructor({ minCapacity, maxCapacity }: Pick<ScalingPolicy, 'minCapacity' | 'maxCapacity'>) {
    this.minCapacity = minCapacity;
    this.maxCapacity = maxCapacity;
  }

  /** The minimum capacity. A predicted minimum raises it, at most to the maximum. */
  public get min(): number {
    return Math.max(this.minCapacity, Math.min(this.predictedMinimum, this.maxCapacity));
  }

  public get max(): number {
    return this.maxCapacity;
  }

  /** Sets the bounds. A bound that is not part of the change is adjusted if it conflicts with one that is. */
  public set({ minCapacity, maxCapacity }: BoundsChange): void {
    this.minCapacity = minCapacity ?? Math.min(this.minCapacity, maxCapacity ?? this.minCapacity);
    this.maxCapacity = maxCapacity ?? Math.max(this.maxCapacity, minCapacity ?? this.maxCapacity);
  }

  /** Sets the minimum of predictive scaling. */
  public setPredictedMinimum(minCapacity: number): void {
    this.predictedMinimum = minCapacity;
  }

  /** The count, limited to the bounds. */
  public clamp(count: number): number {
    return Math.min(this.maxCapacity, Math.max(this.minCapacity, count));
  }
}

/** The cause of an activity of a scheduled action. */
export function boundsCause({ minCapacity, maxCapacity, desiredCapacity }: BoundsChange): string {
  const boundsByName = { minimum: minCapacity, maximum: maxCapacity, desired: desiredCapacity };
  return Object.entries(boundsByName)
    .filter(([, count]) => count !== undefined)
    .map(([name, count]) => `${name} capacity was set to ${count}`)
    .join(' and ');
}

const SECONDS_PER_MINUTE = 60;

/** The start of a scenario and the delay of its scheduled actions. */
export interface ScheduleTiming {
  /** Minutes since 1970 at the start of the scenario, in the time zone that all scheduled actions share, else in UTC. */
  readonly startMinute: number;
  /** From the time of a scheduled action until it runs. */
  readonly delaySeconds: number;
}

/** Runs scheduled actions at their times. The returned function stops this. */
export function startSchedules(
  clock: Clock,
  actions: readonly ScheduledAction[],
  timing: ScheduleTiming,
  runAction: (action: ScheduledAction) => void,
): Cancel {
  const startMinute = utcMinuteFrom(timing.startMinute, sharedTimeZone(actions));
  const cancels = actions.map((action) => startSchedule(clock, action, { ...timing, startMinute }, runAction));
  return () => {
    for (const cancel of cancels) cancel();
  };
}

/** @param timing with the start in UTC. */
function startSchedule(
  clock: Clock,
  action: ScheduledAction,
  timing: ScheduleTiming,
  runAction: (action: ScheduledAction) => void,
): Cancel {
  let cancel: Cancel = () => {};
  // the minute from which `rate` expressions count.
  const originMinute = action.startMinute ?? timing.startMinute;
  const waitForNextAfter = (minute: number): void => {
    const dueMinute = nextActionMinute(action, minute, originMinute);
    if (dueMinute === undefined || dueMinute > (action.endMinute ?? Number.POSITIVE_INFINITY)) return;
    const atSeconds = (dueMinute - timing.startMinute) * SECONDS_PER_MINUTE + timing.delaySeconds;
    cancel = clock.after(atSeconds - clock.nowSeconds, () => {
      runAction(action);
      waitForNextAfter(dueMinute);
    });
  };
  // an action that is due in the first minute of the scenario still runs.
  waitForNextAfter(Math.max(timing.startMinute, action.startMinute ?? timing.startMinute) - 1);
  return () => cancel();
}
