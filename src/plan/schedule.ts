import { type ValidationError, validationError } from '../parse/validation-error';
import { calendarTimeOf, dayOfWeek, MINUTES_PER_DAY, twoDigits } from '../time/calendar';
import { isTimeZone, localMinuteAt, UTC, utcMinuteOf } from '../time/time-zone';
import { type DayRule, dayRuleText, isDayOf } from './day-rule';

/** A recurring or one-time schedule. Minutes are since 1970. */
export type Schedule =
  | ({ readonly kind: 'cron' } & CronFields)
  | { readonly kind: 'rate'; readonly everyMinutes: number }
  | { readonly kind: 'at'; readonly minute: number };

/** The values that each field of a cron expression allows; undefined allows all. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth?: readonly (number | DayRule)[];
  readonly months?: readonly number[];
  /** 0 for Sunday to 6 for Saturday. */
  readonly daysOfWeek?: readonly (number | DayRule)[];
  readonly years?: readonly number[];
  /** Due on the days of the month and on those of the week, as in Unix; without it on days that are both. */
  readonly isEitherDay?: boolean;
}

/** A schedule that is not due in this time never is: the 29th of February comes within eight years. */
const DAYS_TO_LOOK_AHEAD = 9 * 366;

/**
 * The first minute after a given one at which a schedule is due.
 *
 * @param originMinute when a `rate` schedule begins.
 */
export function nextDueMinute(schedule: Schedule, afterMinute: number, originMinute: number): number | undefined {
  switch (schedule.kind) {
    case 'at':
      return schedule.minute > afterMinute ? schedule.minute : undefined;
    case 'rate':
      return originMinute + schedule.everyMinutes * Math.max(1, Math.floor((afterMinute - originMinute) / schedule.everyMinutes) + 1);
    case 'cron':
      return nextCronMinute(schedule, afterMinute);
  }
}

function nextCronMinute(cron: CronFields, afterMinute: number): number | undefined {
  const firstDay = Math.floor(afterMinute / MINUTES_PER_DAY);
  for (let day = firstDay; day < firstDay + DAYS_TO_LOOK_AHEAD; day++) {
    if (!matchesDay(cron, day * MINUTES_PER_DAY)) continue;
    const due = nextMinuteOfDay(cron, day * MINUTES_PER_DAY, afterMinute);
    if (due !== undefined) return due;
  }
  return undefined;
}

function matchesDay(cron: CronFields, midnight: number): boolean {
  const { year, month, day } = calendarTimeOf(midnight);
  if (!allows(cron.years, year) || !allows(cron.months, month)) return false;
  const ofMonth = allowsDay(cron.daysOfMonth, day, midnight);
  const ofWeek = allowsDay(cron.daysOfWeek, dayOfWeek(midnight), midnight);
  return cron.isEitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

function allowsDay(days: readonly (number | DayRule)[] | undefined, value: number, midnight: number): boolean {
  return days === undefined || days.some((day) => (typeof day === 'number' ? day === value : isDayOf(day, midnight)));
}

function nextMinuteOfDay({ hours, minutes }: CronFields, midnight: number, afterMinute: number): number | undefined {
  let next: number | undefined;
  for (const hour of hours) {
    for (const minute of minutes) {
      const due = midnight + 60 * hour + minute;
      if (due > afterMinute && (next === undefined || due < next)) next = due;
    }
  }
  return next;
}

function allows(values: readonly number[] | undefined, value: number): boolean {
  return values === undefined || values.includes(value);
}

/** A scheduled action, which changes the minimum and maximum capacity. */
export interface ScheduledAction {
  readonly name: string;
  readonly schedule: Schedule;
  /**
   * The IANA time zone of a `cron` or `at` schedule, such as `Europe/Berlin`.
   *
   * @default UTC
   */
  readonly timeZone?: string;
  /** The start time in minutes of UTC since 1970; undefined for no start. */
  readonly startMinute?: number;
  /** The end time in minutes of UTC since 1970; undefined for no end. */
  readonly endMinute?: number;
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  /** For an EC2 Auto Scaling group only. */
  readonly desiredCapacity?: number;
}

/**
 * The first minute of UTC after a given one at which a scheduled action is due, by the clocks of its time zone.
 *
 * A time that the clocks skip when they are set forward is left out, and one that they show twice is due the first time, as in
 * EventBridge Scheduler (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time). What
 * Application Auto Scaling does then is not documented.
 *
 * @param originMinute when a `rate` schedule begins.
 */
export function nextActionMinute(
  { schedule, timeZone = UTC }: Pick<ScheduledAction, 'schedule' | 'timeZone'>,
  afterMinute: number,
  originMinute: number,
): number | undefined {
  if (schedule.kind === 'rate' || timeZone === UTC) return nextDueMinute(schedule, afterMinute, originMinute);
  let localMinute = nextDueMinute(schedule, localMinuteAt(afterMinute, timeZone), originMinute);
  while (localMinute !== undefined) {
    const minute = utcMinuteOf(localMinute, timeZone);
    if (minute !== undefined && minute > afterMinute) return minute;
    localMinute = nextDueMinute(schedule, localMinute, originMinute);
  }
  return undefined;
}

/** The time zone that all scheduled actions share: the one in which a scenario starts; UTC if they have several. */
export function sharedTimeZone(actions: readonly ScheduledAction[]): string {
  const [first = UTC, ...others] = new Set(actions.map(({ timeZone = UTC }) => timeZone));
  return others.length === 0 ? first : UTC;
}

/** Returns an error for each rule that a scheduled action breaks. */
export function scheduledActionErrors(action: ScheduledAction): ValidationError[] {
  const { name, timeZone = UTC, minCapacity, maxCapacity, desiredCapacity } = action;
  const counts = Object.entries({ minCapacity, maxCapacity, desiredCapacity }).filter(([, count]) => count !== undefined);
  const invalidCounts = counts.filter(([, count]) => !Number.isInteger(count) || count! < 0);
  return [
    ...(isTimeZone(timeZone) ? [] : [validationError(`${name} time zone`, 'be an IANA time zone such as Europe/Berlin', timeZone)]),
    ...(counts.length > 0 ? [] : [validationError(name, 'set minCapacity, maxCapacity or both', 'neither')]),
    ...invalidCounts.map(([bound, count]) => `${name} ${bound} must be a whole number of at least 0, got ${count}`),
    ...(minCapacity !== undefined && maxCapacity !== undefined && minCapacity > maxCapacity
      ? [`${name} minCapacity must be at most maxCapacity (${maxCapacity}), got ${minCapacity}`]
      : []),
  ];
}

/** A schedule as a scalable target has it: `cron(…)`, `rate(…)` or `at(…)`. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'at': {
      const { year, month, day, hour, minute } = calendarTimeOf(schedule.minute);
      return `at(${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minute)}:00)`;
    }
    case 'rate':
      return `rate(${schedule.everyMinutes} minute${schedule.everyMinutes === 1 ? '' : 's'})`;
    case 'cron': {
      const { minutes, hours, daysOfMonth, months, daysOfWeek, years } = schedule;
      // cron has a day of the month or a day of the week, and a question mark for the other.
      const day = daysOfWeek === undefined ? (daysOfMonth?.map((each) => dayText(each, 0)).join(',') ?? '*') : '?';
      const weekdays = daysOfWeek?.map((each) => dayText(each, 1)).join(',') ?? '?';
      return `cron(${minutes.join(',')} ${hours.join(',')} ${day} ${months?.join(',') ?? '*'} ${weekdays} ${years?.join(',') ?? '*'})`;
    }
  }
}

function dayText(day: number | DayRule, offset: number): string {
  return typeof day === 'number' ? String(day + offset) : dayRuleText(day);
}
