import { DEFAULT_START, MINUTES_PER_DAY, minutesSince1970 } from '../time/calendar';
import { isTimeZone, UTC } from '../time/time-zone';
import { nextActionMinute, type Schedule } from './schedule';

/** A bound of the capacity; `unknown` where only the deployment knows it. */
export type Bound = number | 'unknown';

/** What a scheduled action does to the capacity bounds. A bound that is left out stays as it is. */
export interface BoundsChange {
  readonly name: string;
  readonly min?: Bound;
  readonly max?: Bound;

  /** Undefined where it is not known when the action is due. */
  readonly schedule?: Schedule;

  /** The time zone of the schedule; undefined for UTC. */
  readonly timeZone?: string;
}

/** A scheduled action whose bound is beyond the other bound that is in force at its time. */
export interface BoundsConflict {
  readonly name: string;
  readonly bound: 'minCapacity' | 'maxCapacity';
  readonly value: number;

  /** The other bound. */
  readonly limit: number;

  /** The scheduled action that has set the other bound; undefined for the scalable target. */
  readonly setBy?: string;
}

/**
 * The scheduled actions that Application Auto Scaling rejects at their time, day after day: one bound is set beyond the other
 * (https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-policy-overview.html, "you must include both sizes").
 *
 * An action that sets both bounds is never among them. One that fails only until the others have been due once is not either.
 */
export function boundsConflicts(base: { readonly min: Bound; readonly max: Bound }, changes: readonly BoundsChange[]): BoundsConflict[] {
  const found = [...changes.flatMap((change) => conflictInAnyOrder(base, change, changes)), ...conflictsInOrder(base, changes)];
  const first = new Map(found.reverse().map((conflict) => [conflict.name, conflict]));
  return changes.flatMap(({ name }) => first.get(name) ?? []);
}

/** A bound, and which scheduled action has set it. */
interface BoundInForce {
  readonly value: Bound;
  readonly setBy?: string;
}

/** What a bound can be once each recurring action has been due: none of them leaves that of the scalable target in force. */
function boundsInForce(base: Bound, changes: readonly BoundsChange[], side: 'min' | 'max'): BoundInForce[] {
  const set = changes.filter((change) => change[side] !== undefined);
  const isReplaced = set.some(({ schedule }) => schedule?.kind === 'cron' || schedule?.kind === 'rate');
  return [...set.map((change) => ({ value: change[side]!, setBy: change.name })), ...(isReplaced ? [] : [{ value: base }])];
}

/** A minimum above each maximum, or a maximum below each minimum. */
function conflictInAnyOrder(
  base: { readonly min: Bound; readonly max: Bound },
  { name, min, max }: BoundsChange,
  changes: readonly BoundsChange[],
): BoundsConflict[] {
  if (min !== undefined && max !== undefined) return [];
  const others = changes.filter((change) => change.name !== name);
  if (min !== undefined) {
    const highest = extreme(boundsInForce(base.max, others, 'max'), (a, b) => a > b);
    return conflictsOf({ name, min }, { min: { value: 'unknown' }, max: highest });
  }
  const lowest = extreme(boundsInForce(base.min, others, 'min'), (a, b) => a < b);
  return conflictsOf({ name, max }, { min: lowest, max: { value: 'unknown' } });
}

/** The largest or the smallest bound; unknown where any is. */
function extreme(bounds: readonly BoundInForce[], isBeyond: (a: number, b: number) => boolean): BoundInForce {
  return bounds.reduce((found, bound) => {
    if (found.value === 'unknown' || bound.value === 'unknown') return { value: 'unknown' };
    return isBeyond(bound.value, found.value) ? bound : found;
  });
}

interface BoundsInForce {
  readonly min: BoundInForce;
  readonly max: BoundInForce;
}

/** Whether an action is rejected while these bounds are in force. */
function conflictsOf({ name, min, max }: Pick<BoundsChange, 'name' | 'min' | 'max'>, inForce: BoundsInForce): BoundsConflict[] {
  const [newMin, newMax] = [min ?? inForce.min.value, max ?? inForce.max.value];
  if (newMin === 'unknown' || newMax === 'unknown' || newMin <= newMax || (min !== undefined && max !== undefined)) return [];
  return min === undefined
    ? [{ name, bound: 'maxCapacity', value: newMax, limit: newMin, setBy: inForce.min.setBy }]
    : [{ name, bound: 'minCapacity', value: newMin, limit: newMax, setBy: inForce.max.setBy }];
}

/** Each action is followed until it has been due as often. The first time may be before the others have been due. */
const TIMES_DUE = 3;

/** Enough for three years of four actions a day. */
const MAX_EVENTS = 5000;

/** Long enough before a single action that daily and weekly ones have been due. */
const LEAD_MINUTES = 16 * MINUTES_PER_DAY;

/** In both halves of a year, the clocks of time zones are apart by different hours. */
const HALF_YEAR_MINUTES = 182 * MINUTES_PER_DAY;

/** Follows the actions in the order of their times, where it is known: without `rate`, whose start is not. */
function conflictsInOrder(base: { readonly min: Bound; readonly max: Bound }, changes: readonly BoundsChange[]): BoundsConflict[] {
  const isKnown = changes.every(({ schedule, timeZone = UTC }) => {
    return (schedule?.kind === 'cron' || schedule?.kind === 'at') && isTimeZone(timeZone);
  });
  if (!isKnown) return [];
  const single = changes.flatMap(({ schedule }) => (schedule?.kind === 'at' ? schedule.minute : []));
  const start = Math.min(minutesSince1970(DEFAULT_START), ...single) - LEAD_MINUTES;
  const ofBothHalves = new Set(changes.map(({ timeZone = UTC }) => timeZone)).size > 1 && single.length === 0;
  const starts = ofBothHalves ? [start, start + HALF_YEAR_MINUTES] : [start];
  const [found = [], ...others] = starts.map((each) => conflictsFrom(each, base, changes));
  return found.filter(({ name }) => others.every((conflicts) => conflicts.some((other) => other.name === name)));
}

/** The conflicts that come again and again from a minute on. */
function conflictsFrom(
  start: number,
  base: { readonly min: Bound; readonly max: Bound },
  changes: readonly BoundsChange[],
): BoundsConflict[] {
  const outcomes = outcomesFrom(start, { min: { value: base.min }, max: { value: base.max } }, changes);
  return [...outcomes.values()].flatMap((times) => {
    const later = times.length > 1 ? times.slice(1) : times;
    const [last] = later.slice(-1);
    return last !== undefined && later.every((conflict) => conflict !== undefined) ? [last] : [];
  });
}

/** For each action, what happened each time that it was due: a conflict, or undefined where it took effect. */
function outcomesFrom(
  start: number,
  base: BoundsInForce,
  changes: readonly BoundsChange[],
): ReadonlyMap<BoundsChange, readonly (BoundsConflict | undefined)[]> {
  const outcomes = new Map<BoundsChange, (BoundsConflict | undefined)[]>(changes.map((change) => [change, []]));
  const next = new Map(changes.map((change) => [change, nextMinuteOf(change, start, start)]));
  let inForce = base;
  for (let event = 0; event < MAX_EVENTS; event++) {
    const minute = Math.min(...[...next].filter(([change]) => outcomes.get(change)!.length < TIMES_DUE).map(([, due]) => due));
    if (!Number.isFinite(minute)) break;
    const earliest = Math.min(...next.values());
    const due = changes.filter((change) => next.get(change) === earliest);
    inForce = takeEffect(due, inForce, outcomes);
    for (const change of due) next.set(change, nextMinuteOf(change, earliest, start));
  }
  return outcomes;
}

/** The minute of UTC at which an action is due next, infinity where it never is. */
function nextMinuteOf({ schedule, timeZone }: BoundsChange, afterMinute: number, originMinute: number): number {
  return nextActionMinute({ schedule: schedule!, timeZone }, afterMinute, originMinute) ?? Number.POSITIVE_INFINITY;
}

/** Actions that are due in the same minute take effect in any order: one that another one makes possible is not rejected. */
function takeEffect(
  due: readonly BoundsChange[],
  before: BoundsInForce,
  outcomes: ReadonlyMap<BoundsChange, (BoundsConflict | undefined)[]>,
): BoundsInForce {
  const possible = due.find((change) => conflictsOf(change, before).length === 0);
  if (possible === undefined) {
    for (const change of due) outcomes.get(change)!.push(conflictsOf(change, before)[0]);
    return before;
  }
  outcomes.get(possible)!.push(undefined);
  const { name: setBy, min, max } = possible;
  const after = {
    min: min === undefined ? before.min : { value: min, setBy },
    max: max === undefined ? before.max : { value: max, setBy },
  };
  return takeEffect(
    due.filter((change) => change !== possible),
    after,
    outcomes,
  );
}
