import { MINUTES_PER_DAY, minuteOf } from './calendar';
import type { CronFields, Schedule } from './schedule';

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** What is taken from a number, so that the week begins with 0 for Sunday. */
  readonly offset?: number;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MINUTES: Field = { least: 0, most: 59 };
const HOURS: Field = { least: 0, most: 23 };
const DAYS_OF_MONTH: Field = { least: 1, most: 31 };
const MONTHS_OF_YEAR: Field = { least: 1, most: 12, names: MONTHS };
const YEARS: Field = { least: 1970, most: 2199 };

const UNIT_MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: MINUTES_PER_DAY };

/**
 * Reads `cron(0 9 ? * MON-FRI *)`, `rate(12 hours)` or `at(2026-11-27T06:00:00)`; undefined for anything else.
 *
 * Of cron's special signs, `L`, `W` and `#` are not understood.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function parseSchedule(text: string): Schedule | undefined {
  const [, kind, inside] = /^\s*(cron|rate|at)\((.*)\)\s*$/.exec(text) ?? [];
  if (kind === 'cron') return parseCron(inside!, { least: 1, most: 7, names: DAYS, offset: 1 });
  if (kind === 'rate') return parseRate(inside!);
  const minute = kind === 'at' ? parseTimestamp(inside!) : undefined;
  return minute === undefined ? undefined : { kind: 'at', minute };
}

/** Reads the recurrence of an EC2 auto scaling group: five fields as in Unix, `0 9 * * 1-5`, with Sunday as 0 or 7. */
export function parseRecurrence(text: string): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 ? parseCron(`${text.trim()} *`, { least: 0, most: 7, names: DAYS }) : undefined;
}

/** Reads `2026-11-27T06:00:00` as minutes since 1970; what follows the minutes is left out. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  return minuteOf({ year, month, day, hour, minute });
}

function parseRate(text: string): Schedule | undefined {
  const [, count, unit] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(text) ?? [];
  const everyMinutes = Number(count) * (UNIT_MINUTES[unit ?? ''] ?? Number.NaN);
  return everyMinutes > 0 ? { kind: 'rate', everyMinutes } : undefined;
}

function parseCron(text: string, weekdays: Field): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const rules = [MINUTES, HOURS, DAYS_OF_MONTH, MONTHS_OF_YEAR, weekdays, YEARS];
  const [minutes, hours, daysOfMonth, months, daysOfWeek, years] = fields.map((field, index) => parseField(field, rules[index]!));
  if ([minutes, hours, daysOfMonth, months, daysOfWeek, years].some((values) => values === undefined)) return undefined;
  const limited = { daysOfMonth, months, daysOfWeek, years };
  const given = Object.entries(limited).filter(([, values]) => values !== 'all');
  return {
    kind: 'cron',
    minutes: minutes === 'all' ? range(0, 59, 1) : minutes!,
    hours: hours === 'all' ? range(0, 23, 1) : hours!,
    ...(Object.fromEntries(given) as Omit<CronFields, 'minutes' | 'hours'>),
  };
}

function parseField(text: string, field: Field): 'all' | number[] | undefined {
  if (text === '*' || text === '?') return 'all';
  const parts = text.split(',').map((part) => parsePart(part, field));
  if (parts.some((part) => part === undefined)) return undefined;
  const shifted = parts.flatMap((part) => part!).map((value) => (field.names === DAYS ? (value - (field.offset ?? 0)) % 7 : value));
  return [...new Set(shifted)].sort((a, b) => a - b);
}

/** `5`, `MON`, `1-5`, `MON-FRI`, or any of these and all with a step: `0-30/5`, `0/15`, and `*` with a step. */
function parsePart(text: string, field: Field): number[] | undefined {
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, first, last, step] = match;
  const from = first === '*' ? field.least : numberOf(first!, field);
  const isOpen = first === '*' || step !== undefined;
  const end = isOpen ? field.most : from;
  const to = last === undefined ? end : numberOf(last, field);
  if (from === undefined || to === undefined || from > to || Number(step ?? 1) < 1) return undefined;
  return range(from, to, Number(step ?? 1));
}

function numberOf(text: string, { least, most, names = [], offset }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return names === DAYS ? named + (offset ?? 0) : named + least;
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}
