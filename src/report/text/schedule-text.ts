import { type DayRule, describeDayRule } from '../../plan/day-rule';
import type { CronFields, Schedule, ScheduledAction } from '../../plan/schedule';
import { calendarTimeOf, DAYS_OF_WEEK, twoDigits } from '../../time/calendar';

/** A scheduled action on one line. */
export function scheduleLine({ name, schedule, timeZone, minCapacity, maxCapacity, desiredCapacity }: ScheduledAction): string {
  const counts = Object.entries({ minimum: minCapacity, maximum: maxCapacity, desired: desiredCapacity });
  const bounds = counts.filter(([, count]) => count !== undefined).map(([what, count]) => `${what} ${count}`);
  return `${name} ${formatSchedule(schedule)}${timeZone === undefined ? '' : ` in ${timeZone}`}: ${bounds.join(', ')}`;
}

function formatSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'at': {
      const { year, month, day, hour, minute } = calendarTimeOf(schedule.minute);
      return `once at ${year}-${twoDigits(month)}-${twoDigits(day)} ${twoDigits(hour)}:${twoDigits(minute)}`;
    }
    case 'rate':
      return `every ${schedule.everyMinutes} minutes`;
    case 'cron':
      return describeCron(schedule);
  }
}

function describeCron({ hours, minutes, daysOfWeek, daysOfMonth, months, years, isEitherDay }: CronFields): string {
  const times =
    hours.length * minutes.length > 4
      ? 'several times'
      : hours.flatMap((hour) => minutes.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}`)).join(', ');
  const days = [
    ...(daysOfWeek === undefined ? [] : [describeWeekdays(daysOfWeek)]),
    ...(daysOfMonth === undefined ? [] : [describeDaysOfMonth(daysOfMonth)]),
  ];
  const onDays = days.length === 0 ? '' : ` on ${days.join(isEitherDay ? ' or on ' : ' that is ')}`;
  const inMonths = months === undefined ? '' : ` in month ${months.join(', ')}`;
  return `at ${times}${onDays}${inMonths}${years === undefined ? '' : ` of ${years.join(', ')}`}`;
}

function describeWeekdays(days: readonly (number | DayRule)[]): string {
  return days.map((day) => (typeof day === 'number' ? DAYS_OF_WEEK[day] : `${describeDayRule(day)} of a month`)).join(', ');
}

function describeDaysOfMonth(days: readonly (number | DayRule)[]): string {
  const numbers = days.filter((day) => typeof day === 'number');
  const words = days.filter((day) => typeof day !== 'number').map(describeDayRule);
  return `${[...(numbers.length > 0 ? [`day ${numbers.join(', ')}`] : []), ...words].join(', ')} of a month`;
}
