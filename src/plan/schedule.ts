import { calendarTimeOf, dayOfWeek, MINUTES_PER_DAY } from './calendar';

/** When something happens again and again, or once. Minutes are those of the calendar since 1970. */
export type Schedule =
  | ({ readonly kind: 'cron' } & CronFields)
  | { readonly kind: 'rate'; readonly everyMinutes: number }
  | { readonly kind: 'at'; readonly minute: number };

/** The values that each field of a cron expression allows; undefined allows all. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth?: readonly number[];
  readonly months?: readonly number[];
  /** 0 for Sunday to 6 for Saturday. */
  readonly daysOfWeek?: readonly number[];
  readonly years?: readonly number[];
}

/** A schedule that has no day in so many years has none at all: the 29th of February comes within eight. */
const DAYS_TO_LOOK_AHEAD = 9 * 366;

/**
 * The first minute after a given one at which a schedule is due.
 *
 * @param originMinute from when a rate counts.
 */
export function nextDue(schedule: Schedule, afterMinute: number, originMinute: number): number | undefined {
  switch (schedule.kind) {
    case 'at':
      return schedule.minute > afterMinute ? schedule.minute : undefined;
    case 'rate':
      return originMinute + schedule.everyMinutes * Math.max(1, Math.floor((afterMinute - originMinute) / schedule.everyMinutes) + 1);
    case 'cron':
      return nextInCron(schedule, afterMinute);
  }
}

function nextInCron(cron: CronFields, afterMinute: number): number | undefined {
  const firstDay = Math.floor(afterMinute / MINUTES_PER_DAY);
  for (let day = firstDay; day < firstDay + DAYS_TO_LOOK_AHEAD; day++) {
    if (!isDayOf(cron, day * MINUTES_PER_DAY)) continue;
    const due = nextInDay(cron, day * MINUTES_PER_DAY, afterMinute);
    if (due !== undefined) return due;
  }
  return undefined;
}

function isDayOf(cron: CronFields, midnight: number): boolean {
  const { year, month, day } = calendarTimeOf(midnight);
  return (
    allows(cron.years, year) && allows(cron.months, month) && allows(cron.daysOfMonth, day) && allows(cron.daysOfWeek, dayOfWeek(midnight))
  );
}

function nextInDay({ hours, minutes }: CronFields, midnight: number, afterMinute: number): number | undefined {
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
