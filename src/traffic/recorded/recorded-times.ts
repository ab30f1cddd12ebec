const DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const CLOCK = /^(\d{1,3}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/;
const SECONDS_PER_DAY = 86_400;

/** Reads the times of a recording, in the order of its rows. Times of a clock go on after midnight, or before it where the newest is first. */
export class RecordedTimes {
  private midnights = 0;
  private lastClockSeconds: number | undefined;
  private isNewestFirst: boolean | undefined;

  /** The seconds of a time; NaN for anything else. */
  public secondsOf(text: string): number {
    const seconds = parseTimeSeconds(text);
    if (!CLOCK.test(text)) return seconds;
    const difference = seconds - (this.lastClockSeconds ?? seconds);
    const isOverMidnight = Math.abs(difference) > SECONDS_PER_DAY / 2;
    // from 0:00 to 23:59 it is a minute back, and from 23:59 to 0:00 a minute on; a gap of the same size is in the other direction.
    const isBack = isOverMidnight ? difference > 0 : difference < 0;
    if (difference !== 0) this.isNewestFirst ??= isBack;
    if (isOverMidnight && isBack === this.isNewestFirst) this.midnights += isBack ? -1 : 1;
    this.lastClockSeconds = seconds;
    return seconds + this.midnights * SECONDS_PER_DAY;
  }
}

/** Reads a date such as `2026-11-28 10:00:00`, `2026/11/28`, ISO 8601, or a time such as `10:00:30`, as seconds; NaN for anything else. */
export function parseTimeSeconds(text: string): number {
  const date = DATE.exec(text);
  if (date !== null) return dateSeconds(date);
  const clock = CLOCK.exec(text);
  if (clock === null) return Number.NaN;
  return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
}

function dateSeconds([, year, month, day, hour = '0', minute = '0', second = '0', zone]: RegExpExecArray): number {
  const seconds =
    daysSinceEpoch(Number(year), Number(month), Number(day)) * SECONDS_PER_DAY + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return seconds - zoneSeconds(zone);
}

function zoneSeconds(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  return match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** Days from 1970-01-01 in the Gregorian calendar, with years that begin in March: the day of a leap year is the last. */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** Numbers beyond these are not seconds since 1970, but smaller units of it: 10^11 seconds are the year 5138. */
const EPOCH_UNITS: readonly (readonly [above: number, secondsPerUnit: number])[] = [
  [1e17, 1e-9],
  [1e14, 1e-6],
  [1e11, 1e-3],
];

/** The seconds of the unit of a number that is a time; 1 if it can be seconds. */
export function epochUnitSeconds(value: number): number {
  return EPOCH_UNITS.find(([above]) => Math.abs(value) >= above)?.[1] ?? 1;
}
