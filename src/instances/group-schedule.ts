import { parseSchedule } from '../plan/parse-schedule';
import type { CronFields } from '../plan/schedule';

/** A schedule as EC2 Auto Scaling has it: a recurrence with the five fields of Unix, or one time. */
export interface GroupSchedule {
  readonly recurrence?: string;
  readonly startTime?: string;
}

/**
 * A schedule of Application Auto Scaling as one of EC2 Auto Scaling; undefined for one that a group cannot have.
 *
 * Cron of Unix has neither a step from a number on, such as `0/15`, nor a range beyond the end, such as `FRI-MON`, nor lists of names, and counts the days of
 * the week from 0: each field becomes a list of numbers.
 */
export function groupScheduleOf(expression: string): GroupSchedule | undefined {
  const schedule = parseSchedule(expression);
  if (schedule?.kind === 'cron') return recurrenceOf(schedule);
  const [, at] = AT.exec(expression) ?? [];
  return schedule?.kind === 'at' && at !== undefined ? { startTime: `${at}Z` } : undefined;
}

const AT = /^\s*at\(\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\s*\)\s*$/;

/** How many values each field has. */
const COUNTS = { minutes: 60, hours: 24, daysOfMonth: 31, months: 12, daysOfWeek: 7 } as const;

function recurrenceOf(cron: CronFields): GroupSchedule | undefined {
  const fields = Object.entries(COUNTS).map(([name, count]) => fieldOf(cron[name as keyof typeof COUNTS], count));
  // cron of Unix has no years, and is due on either of two kinds of days.
  const hasBoth = cron.daysOfMonth !== undefined && cron.daysOfWeek !== undefined;
  return cron.years !== undefined || hasBoth || fields.includes(undefined) ? undefined : { recurrence: fields.join(' ') };
}

/** The values of a field, with their ranges; undefined where it has more than numbers: cron of Unix has no L, W and #. */
function fieldOf(values: CronFields['daysOfMonth'], count: number): string | undefined {
  if (values === undefined || values.length === count) return '*';
  if (!values.every((value) => typeof value === 'number')) return undefined;
  const runs: number[][] = [];
  for (const value of [...values].sort((one, other) => one - other)) {
    if (runs.at(-1)?.at(-1) === value - 1) runs.at(-1)!.push(value);
    else runs.push([value]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(','))).join(',');
}
