import { MINUTES_PER_DAY, minutesSince1970 } from '../time/calendar';
import type { DayRule } from './day-rule';
import type { CronFields, Schedule } from './schedule';

/** The values that a field of a cron expression can have. */
interface CronField {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  /** Subtracted from the number of a weekday, so that Sunday is 0. */
  readonly offset?: number;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MINUTES: CronField = { min: 0, max: 59 };
const HOURS: CronField = { min: 0, max: 23 };
const DAYS_OF_MONTH: CronField = { min: 1, max: 31 };
const MONTHS_OF_YEAR: CronField = { min: 1, max: 12, names: MONTHS };
const YEARS: CronField = { min: 1970, max: 2199 };

const UNIT_MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: MINUTES_PER_DAY };

/**
 * Reads `cron(0 9 ? * MON-FRI *)`, `rate(12 hours)` or `at(2026-11-27T06:00:00)`; undefined for anything else.
 *
 * A range may go beyond the end, such as `SAT-MON`.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function parseSchedule(text: string): Schedule | undefined {
  const [, kind, expression] = /^\s*(cron|rate|at)\((.*)\)\s*$/.exec(text) ?? [];
  if (kind === 'cron') return parseCron(expression!, { min: 1, max: 7, names: DAYS, offset: 1 });
  if (kind === 'rate') return parseRate(expression!);
  const minute = kind === 'at' ? parseTimestamp(expression!) : undefined;
  return minute === undefined ? undefined : { kind: 'at', minute };
}

/** Reads the recurrence of an EC2 auto scaling group: five fields as in Unix, `0 9 * * 1-5`, with Sunday as 0 or 7. */
export function parseRecurrence(text: string): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  const schedule = fields.length === 5 ? parseCron(`${text.trim()} *`, { min: 0, max: 7, names: DAYS }) : undefined;
  // as in cron of Unix: either of the two, where both are limited.
  const hasBoth = schedule?.kind === 'cron' && schedule.daysOfMonth !== undefined && schedule.daysOfWeek !== undefined;
  return hasBoth ? { ...schedule, isEitherDay: true } : schedule;
}

/** Reads `2026-11-27T06:00:00` as minutes since 1970; seconds are ignored. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  return minutesSince1970({ year, month, day, hour, minute });
}

function parseRate(text: string): Schedule | undefined {
  const [, count, unit] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(text) ?? [];
  const everyMinutes = Number(count) * (UNIT_MINUTES[unit ?? ''] ?? Number.NaN);
  return everyMinutes > 0 ? { kind: 'rate', everyMinutes } : undefined;
}

function parseCron(text: string, weekdays: CronField): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const rules = [MINUTES, HOURS, DAYS_OF_MONTH, MONTHS_OF_YEAR, weekdays, YEARS];
  const isOfAws = weekdays.offset !== undefined;
  const [minutes, hours, months, years] = [0, 1, 3, 5].map((index) => parseField(fields[index]!, rules[index]!));
  const daysOfMonth = parseDays(fields[2]!, DAYS_OF_MONTH, isOfAws ? parseDayOfMonth : () => undefined);
  const daysOfWeek = parseDays(fields[4]!, weekdays, isOfAws ? parseDayOfWeek : () => undefined);
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

function parseField(text: string, field: CronField): 'all' | number[] | undefined {
  if (text === '*' || text === '?') return 'all';
  const parts = text.split(',').map((part) => parsePart(part, field));
  if (parts.some((part) => part === undefined)) return undefined;
  const shifted = parts.flatMap((part) => part!).map((value) => (field.names === DAYS ? (value - (field.offset ?? 0)) % 7 : value));
  return [...new Set(shifted)].sort((a, b) => a - b);
}

/** A field of days: some of its parts may be rules. */
function parseDays(
  text: string,
  field: CronField,
  parseRule: (part: string) => number | DayRule | undefined,
): 'all' | (number | DayRule)[] | undefined {
  const parts = text.split(',').map((part) => parseRule(part.toUpperCase()) ?? part);
  const rules = parts.filter((part) => typeof part !== 'string');
  if (rules.length === 0) return parseField(text, field);
  const others = parts.filter((part) => typeof part === 'string').join(',');
  const numbers = others === '' ? [] : parseField(others, field);
  return numbers === undefined || numbers === 'all' ? numbers : [...numbers, ...rules];
}

/** `L`, `L-3`, `LW` or `15W`. */
function parseDayOfMonth(text: string): DayRule | undefined {
  if (text === 'LW') return { kind: 'last weekday' };
  const [isLast, daysBefore = '0'] = /^L(?:-(\d+))?$/.exec(text) ?? [];
  if (isLast !== undefined) return Number(daysBefore) <= 30 ? { kind: 'last day', daysBefore: Number(daysBefore) } : undefined;
  const [, day] = /^(\d+)W$/.exec(text) ?? [];
  return day !== undefined && Number(day) >= 1 && Number(day) <= 31 ? { kind: 'nearest weekday', day: Number(day) } : undefined;
}

/** `6L` or `FRIL`, `2#1` or `MON#1`; `L` alone is the last day of a week, Saturday. */
function parseDayOfWeek(text: string): number | DayRule | undefined {
  if (text === 'L') return DAYS.length - 1;
  const [, name, kind, week] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  const number = name === undefined ? undefined : numberOf(name, { min: 1, max: 7, names: DAYS, offset: 1 });
  if (number === undefined) return undefined;
  const day = number - 1;
  return kind === 'L' ? { kind: 'last of month', dayOfWeek: day } : { kind: 'nth of month', dayOfWeek: day, week: Number(week) };
}

/** One part of a field: `5`, `MON`, `1-5`, `MON-FRI`, or any of these or `*` with a step, such as `0-30/5`. */
function parsePart(text: string, field: CronField): number[] | undefined {
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, first, last, step] = match;
  const from = first === '*' ? field.min : numberOf(first!, field);
  const isOpen = first === '*' || step !== undefined;
  const end = isOpen ? field.max : from;
  const to = last === undefined ? end : numberOf(last, field);
  if (from === undefined || to === undefined || Number(step ?? 1) < 1) return undefined;
  if (from <= to) return range(from, to, Number(step ?? 1));
  // a year has no year before it.
  return field === YEARS ? undefined : rangeBeyondEnd(from, to, Number(step ?? 1), field);
}

/** A range such as `22-2`, or `FRI-MON`. Sunday is one day, also where it has two numbers. */
function rangeBeyondEnd(from: number, to: number, step: number, { min, max, names }: CronField): number[] {
  const count = names === DAYS ? 7 : max - min + 1;
  return range(from, to + count, step).map((value) => (value > max ? value - count : value));
}

function numberOf(text: string, { min, max, names = [], offset }: CronField): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return names === DAYS ? named + (offset ?? 0) : named + min;
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}
