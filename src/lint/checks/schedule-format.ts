import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { SCALABLE_TARGET } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

const FIX =
  "write 'cron(0 8 ? * MON-FRI *)', with minute, hour, day of month, month, day of week and year, 'rate(12 hours)' or 'at(2030-01-31T08:00:00)'";

/** The grammar of schedules of Application Auto Scaling. */
export const scheduleFormat: Check = {
  id: 'schedule-format',
  severity: 'error',
  finds: 'a schedule that is not `cron(…)` with six fields, `rate(…)` or `at(…)`',
  consequence: 'Application Auto Scaling rejects the scheduled action',
  find: (template) =>
    template.ofType(SCALABLE_TARGET).flatMap((target) =>
      items(target.properties['ScheduledActions']).flatMap((action, index) => {
        const schedule = scheduleText(field(action, 'Schedule'));
        if (schedule === undefined || isSchedule(schedule)) return [];
        const name = textOf(field(action, 'ScheduledActionName')) ?? String(index);
        return [problem(target, `ScheduledActions.${index}.Schedule`, `scheduled action ${name} has the schedule '${schedule}'`, FIX)];
      }),
    ),
};

function scheduleText(value: TemplateValue | undefined): string | undefined {
  return value === undefined ? undefined : textOf(value);
}

/** Days may also be `L`, `15W` or `MON#1`. */
const FIELDS = [
  cronField('[0-5]?\\d'),
  cronField('[01]?\\d|2[0-3]'),
  cronField('0?[1-9]|[12]\\d|3[01]|L|LW|\\d{1,2}W'),
  cronField('0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC'),
  cronField('[1-7]|(?:SUN|MON|TUE|WED|THU|FRI|SAT)|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5])'),
  cronField('(?:19[7-9]|2[01]\\d)\\d'),
];

function cronField(value: string): RegExp {
  const part = `(?:\\*|\\?|(?:${value})(?:-(?:${value}))?)(?:/\\d+)?`;
  return new RegExp(`^${part}(?:,${part})*$`, 'i');
}

function isSchedule(text: string): boolean {
  const [, kind, inside = ''] = /^(cron|rate|at)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === 'rate') return /^[1-9]\d*\s+(minutes?|hours?|days?)$/.test(inside.trim());
  if (kind === 'at') return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(inside.trim());
  const fields = inside.trim().split(/\s+/);
  if (kind !== 'cron' || fields.length !== FIELDS.length) return false;
  return fields.every((each, index) => FIELDS[index]!.test(each)) && hasOneDay(fields[2]!, fields[4]!);
}

/** Where the day of the week decides, the day of the month is `?`; both are not. */
function hasOneDay(ofMonth: string, ofWeek: string): boolean {
  if (ofWeek === '?') return ofMonth !== '?';
  return ofWeek === '*' || ofMonth === '?';
}
