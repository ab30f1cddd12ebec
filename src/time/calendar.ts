/** A minute of the calendar, without a time zone. */
export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
}

/** The days of the week in the order of cron. */
export const DAYS_OF_WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export const MINUTES_PER_DAY = 1440;

/** A Monday at midnight: the default start of a scenario. */
export const DEFAULT_START: CalendarTime = { year: 2026, month: 1, day: 5, hour: 0, minute: 0 };

/** Minutes since 1 January 1970, without leap seconds. */
export function minutesSince1970({ year, month, day, hour, minute }: CalendarTime): number {
  return daysSince1970(year, month, day) * MINUTES_PER_DAY + hour * 60 + minute;
}

/** The calendar time of a number of minutes since 1970. */
export function calendarTimeOf(minutes: number): CalendarTime {
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  const minuteOfDay = minutes - days * MINUTES_PER_DAY;
  return { ...dateOf(days), hour: Math.floor(minuteOfDay / 60), minute: Math.floor(minuteOfDay % 60) };
}

/** Whether the calendar has a time: not the 31st of April, nor month 13. */
export function isOnCalendar(time: CalendarTime): boolean {
  const normalized = calendarTimeOf(minutesSince1970(time));
  return (Object.keys(normalized) as (keyof CalendarTime)[]).every((part) => normalized[part] === time[part]);
}

/** A part of a date or time with two digits: `07`. */
export function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** The day of the week of a number of minutes since 1970: 0 for Sunday to 6 for Saturday. 1 January 1970 was a Thursday. */
export function dayOfWeek(minutes: number): number {
  return (((Math.floor(minutes / MINUTES_PER_DAY) + 4) % 7) + 7) % 7;
}

/** Days before a month in a year that begins in March, so that the leap day is the last (H. Hinnant, Low-level date algorithms). */
function daysBeforeMonth(monthsSinceMarch: number): number {
  return Math.floor((153 * monthsSinceMarch + 2) / 5);
}

function daysSince1970(year: number, month: number, day: number): number {
  const yearFromMarch = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(yearFromMarch / 4) - Math.floor(yearFromMarch / 100) + Math.floor(yearFromMarch / 400);
  return 365 * yearFromMarch + leapDays + daysBeforeMonth((month + 9) % 12) + day - 1 - DAYS_BEFORE_1970;
}

/** Days from 1 March of the year 0 to 1 January 1970. */
const DAYS_BEFORE_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;

/** The date of a number of days since 1970. An era has 400 years, after which the leap years repeat. */
function dateOf(dayNumber: number): Pick<CalendarTime, 'year' | 'month' | 'day'> {
  const days = dayNumber + DAYS_BEFORE_1970;
  const era = Math.floor(days / DAYS_IN_400_YEARS);
  const dayOfEra = days - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthsSinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - daysBeforeMonth(monthsSinceMarch) + 1 };
}
