import { MINUTES_PER_DAY, minutesSince1970 } from './calendar';

/** The time zone of a schedule that names none. */
export const UTC = 'UTC';

const MILLIS_PER_MINUTE = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is that of an IANA time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** What the clocks of a time zone show at a minute of UTC, both in minutes since 1970. */
export function localMinuteAt(utcMinute: number, timeZone: string): number {
  if (timeZone === UTC) return utcMinute;
  const parts = formatOf(timeZone).formatToParts(utcMinute * MILLIS_PER_MINUTE);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((each) => each.type === type)!.value);
  return minutesSince1970({ year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') });
}

/**
 * The minute of UTC at which the clocks of a time zone show a time: the first of two when they are set back; undefined if they skip it
 * when they are set forward.
 */
export function utcMinuteOf(localMinute: number, timeZone: string): number | undefined {
  if (timeZone === UTC) return localMinute;
  // clocks change at most once in two days.
  const offsets = [-MINUTES_PER_DAY, MINUTES_PER_DAY].map(
    (minutes) => localMinuteAt(localMinute + minutes, timeZone) - localMinute - minutes,
  );
  const candidates = offsets.map((offset) => localMinute - offset).sort((one, other) => one - other);
  return candidates.find((utcMinute) => localMinuteAt(utcMinute, timeZone) === localMinute);
}

/** The minute of UTC at which the clocks of a time zone show a time, or the first one after it that they show. */
export function utcMinuteFrom(localMinute: number, timeZone: string): number {
  for (let minute = localMinute; minute < localMinute + MINUTES_PER_DAY; minute++) {
    const utcMinute = utcMinuteOf(minute, timeZone);
    if (utcMinute !== undefined) return utcMinute;
  }
  return localMinute;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(timeZone, format);
  return format;
}
