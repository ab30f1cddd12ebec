import { type CalendarTime, calendarTimeOf, minuteOf } from '../plan/calendar';

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** Reads a minute of the calendar, such as 2026-11-27T08:30; undefined for what is none, such as the 31st of April. */
export function parseStartTime(text: string): CalendarTime | undefined {
  const parts = WRITTEN.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number];
  const time = { year, month, day, hour, minute };
  return isOnCalendar(time) ? time : undefined;
}

/** Returns the sentence for a start that is no minute of the calendar, if it is none. */
export function startTimeMistakes(text: string | undefined): string[] {
  if (text === undefined || parseStartTime(text) !== undefined) return [];
  return [`startsAt must be a minute of the calendar such as 2026-11-27T08:30, got '${text}'`];
}

/** A day that the calendar does not have comes back as another one. */
function isOnCalendar(time: CalendarTime): boolean {
  const read = calendarTimeOf(minuteOf(time));
  return (Object.keys(read) as (keyof CalendarTime)[]).every((part) => read[part] === time[part]);
}
