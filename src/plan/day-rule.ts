import { calendarTimeOf, DAYS_OF_WEEK, dayOfWeek, MINUTES_PER_DAY, minutesSince1970 } from '../time/calendar';

/**
 * A day that a cron expression counts from the end of a month, from a weekday or in weeks: `L`, `L-3`, `LW`, `15W`, `6L` and `2#1`
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based, "wildcards"). Days of the week are 0 for Sunday to 6
 * for Saturday.
 */
export type DayRule =
  | { readonly kind: 'last day'; readonly daysBefore: number }
  | { readonly kind: 'last weekday' }
  | { readonly kind: 'nearest weekday'; readonly day: number }
  | { readonly kind: 'last of month'; readonly dayOfWeek: number }
  | { readonly kind: 'nth of month'; readonly dayOfWeek: number; readonly week: number };

const [SUNDAY, SATURDAY] = [0, 6];

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Whether the day that begins at a minute since 1970 is the one that a rule names in its month. */
export function isDayOf(rule: DayRule, midnight: number): boolean {
  const { year, month, day } = calendarTimeOf(midnight);
  const last = daysOfMonth(year, month);
  switch (rule.kind) {
    case 'last day':
      return day === last - rule.daysBefore;
    case 'last weekday':
      return day === nearestWeekday(year, month, last);
    case 'nearest weekday':
      // a month without that day has none.
      return rule.day <= last && day === nearestWeekday(year, month, rule.day);
    case 'last of month':
      return dayOfWeek(midnight) === rule.dayOfWeek && day > last - 7;
    case 'nth of month':
      return dayOfWeek(midnight) === rule.dayOfWeek && Math.ceil(day / 7) === rule.week;
  }
}

/** The rule as a field of a cron expression of AWS, with Sunday as 1. */
export function dayRuleText(rule: DayRule): string {
  switch (rule.kind) {
    case 'last day':
      return rule.daysBefore === 0 ? 'L' : `L-${rule.daysBefore}`;
    case 'last weekday':
      return 'LW';
    case 'nearest weekday':
      return `${rule.day}W`;
    case 'last of month':
      return `${rule.dayOfWeek + 1}L`;
    case 'nth of month':
      return `${rule.dayOfWeek + 1}#${rule.week}`;
  }
}

/** The rule as text for people, such as `the last Friday`. */
export function describeDayRule(rule: DayRule): string {
  switch (rule.kind) {
    case 'last day':
      return rule.daysBefore === 0 ? 'the last day' : `day ${rule.daysBefore} before the last`;
    case 'last weekday':
      return 'the last weekday';
    case 'nearest weekday':
      return `the weekday nearest to day ${rule.day}`;
    case 'last of month':
      return `the last ${DAYS_OF_WEEK[rule.dayOfWeek]}`;
    case 'nth of month':
      return `the ${ORDINALS[rule.week - 1]} ${DAYS_OF_WEEK[rule.dayOfWeek]}`;
  }
}

function daysOfMonth(year: number, month: number): number {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return calendarTimeOf(minutesSince1970({ ...next, day: 1, hour: 0, minute: 0 }) - MINUTES_PER_DAY).day;
}

/** Monday to Friday, and never in another month. */
function nearestWeekday(year: number, month: number, day: number): number {
  switch (dayOfWeek(minutesSince1970({ year, month, day, hour: 0, minute: 0 }))) {
    case SATURDAY:
      return day === 1 ? day + 2 : day - 1;
    case SUNDAY:
      return day === daysOfMonth(year, month) ? day - 2 : day + 1;
    default:
      return day;
  }
}
