/** A minute of the calendar, in whatever time zone its reader means. */
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

/** The days of a week, from the first in cron's count. */
export const DAYS_OF_WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export const MINUTES_PER_DAY = 1440;

/** A Monday at midnight: when a scenario begins that does not say when. */
export const A_MONDAY: CalendarTime = { year: 2026, month: 1, day: 5, hour: 0, minute: 0 };

/** Minutes since the first of January 1970, on a calendar without leap seconds. */
export function minuteOf({ year, month, day, hour, minute }: CalendarTime): number {
  return daysBefore(year, month, day) * MINUTES_PER_DAY + hour * 60 + minute;
}

/** The day of the calendar that holds a minute since 1970. */
export function calendarTimeOf(minutesSince1970: number): CalendarTime {
  const days = Math.floor(minutesSince1970 / MINUTES_PER_DAY);
  const rest = minutesSince1970 - days * MINUTES_PER_DAY;
  return { ...dayAfter(days), hour: Math.floor(rest / 60), minute: Math.floor(rest % 60) };
}

/** A part of a time as clocks and calendars show it: `07`. */
export function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** 0 for Sunday to 6 for Saturday. The first of January 1970 was a Thursday. */
export function dayOfWeek(minutesSince1970: number): number {
  return (((Math.floor(minutesSince1970 / MINUTES_PER_DAY) + 4) % 7) + 7) % 7;
}

/** Days of a year that begins in March, before a month of it: so the leap day is its last. */
function daysBeforeMonth(monthsSinceMarch: number): number {
  return Math.floor((153 * monthsSinceMarch + 2) / 5);
}

function daysBefore(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + daysBeforeMonth((month + 9) % 12) + day - 1 - DAYS_BEFORE_1970;
}

/** From the first of March of the year 0 to the first of January 1970. */
const DAYS_BEFORE_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;

function dayAfter(daysSince1970: number): Pick<CalendarTime, 'year' | 'month' | 'day'> {
  const days = daysSince1970 + DAYS_BEFORE_1970;
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
