/** A schedule as EC2 Auto Scaling has it: a recurrence with the five fields of Unix, or one time. */
export interface GroupSchedule {
  readonly recurrence?: string;
  readonly startTime?: string;
}

/** A schedule of Application Auto Scaling as one of EC2 Auto Scaling; undefined for one that a group cannot have. */
export function groupScheduleOf(expression: string): GroupSchedule | undefined {
  const [, kind, text = ''] = /^\s*(cron|at)\((.*)\)\s*$/.exec(expression) ?? [];
  if (kind === 'at') return AT.test(text.trim()) ? { startTime: `${text.trim()}Z` } : undefined;
  const fields = text.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  // L, W, # and the years are not in cron of Unix.
  if (kind !== 'cron' || fields.length !== 6 || year !== '*' || /[LW#]/.test(`${dayOfMonth} ${withoutNames(dayOfWeek!)}`)) return undefined;
  return { recurrence: [minute, hour, anyIfNone(dayOfMonth!), month, unixDays(anyIfNone(dayOfWeek!))].join(' ') };
}

const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** One of the two days is `?` where the other one is given: in cron of Unix it is any. */
function anyIfNone(field: string): string {
  return field === '?' ? '*' : field;
}

/** Sunday is 1 there, and 0 in cron of Unix. The number after a slash is a distance. */
function unixDays(field: string): string {
  return field.replaceAll(/(^|[,-])(\d)/g, (_, before: string, day: string) => `${before}${Number(day) - 1}`);
}

/** WED has a letter that means something else alone. */
function withoutNames(field: string): string {
  return field.replaceAll(/SUN|MON|TUE|WED|THU|FRI|SAT/g, '');
}
