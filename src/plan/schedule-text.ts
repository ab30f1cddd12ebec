import { calendarTimeOf, twoDigits } from './calendar';
import type { Schedule } from './schedule';

/** A schedule as a scalable target takes it: `cron(…)`, `rate(…)` or `at(…)`. */
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
      // of the two ways to name a day, cron takes one and a question mark for the other.
      const day = daysOfWeek === undefined ? (daysOfMonth?.join(',') ?? '*') : '?';
      const weekdays = daysOfWeek?.map((weekday) => weekday + 1).join(',') ?? '?';
      return `cron(${minutes.join(',')} ${hours.join(',')} ${day} ${months?.join(',') ?? '*'} ${weekdays} ${years?.join(',') ?? '*'})`;
    }
  }
}
