import { parseDurationSeconds } from '../../src/parse/durations';
import { InputError } from '../../src/parse/input-error';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';

/** A time of the past, in seconds since 1970. */
export interface PastTime {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

const SECONDS_PER_DAY = 86_400;

/** CloudWatch retains metrics for 15 months; those of a minute for 15 days, and of five minutes for 63. */
const RETENTION: readonly { readonly days: number; readonly periodSeconds: number }[] = [
  { days: 15, periodSeconds: 60 },
  { days: 63, periodSeconds: 300 },
  { days: 455, periodSeconds: 3600 },
];

/** Application Auto Scaling retains activities for six weeks. */
export const ACTIVITY_RETENTION_DAYS = 42;

/** Reads `--from` and `--to`: dates in UTC or with an offset, `now`, or how long ago. */
export function parsePastTime(from: string, to: string, nowSeconds: number): PastTime {
  const [fromSeconds, untilSeconds] = [momentOf('--from', from, nowSeconds), momentOf('--to', to, nowSeconds)];
  if (untilSeconds > nowSeconds + 1) throw new InputError([`--to must not be in the future, got '${to}'`]);
  if (fromSeconds >= untilSeconds) throw new InputError([`--from must be before --to, got '${from}' and '${to}'`]);
  if (nowSeconds - fromSeconds > RETENTION.at(-1)!.days * SECONDS_PER_DAY)
    throw new InputError([
      `--from must be at most ${RETENTION.at(-1)!.days} days ago, which is how long CloudWatch retains metrics, got '${from}'`,
    ]);
  return { fromSeconds, untilSeconds };
}

function momentOf(option: string, text: string, nowSeconds: number): number {
  if (text === 'now') return nowSeconds;
  const ago = parseDurationSeconds(text);
  if (ago !== undefined) return nowSeconds - ago;
  const moment = /^\d{4}-/.test(text) ? parseTimeSeconds(text) : Number.NaN;
  if (Number.isFinite(moment)) return moment;
  throw new InputError([
    `${option} must be a date such as 2026-11-23 or 2026-11-23T08:00Z, or how long ago, such as 7d, got '${text.slice(0, 100)}'`,
  ]);
}

/** A part of the time that is recorded into one file. */
export interface RecordedPart extends PastTime {
  readonly periodSeconds: number;
}

/**
 * The days of a time in UTC, from the first to the last, with the periods that CloudWatch has of them.
 *
 * @param speed how many times faster the time of AWS passes: a period of an emulation is that much shorter.
 */
export function daysOf({ fromSeconds, untilSeconds }: PastTime, nowSeconds: number, speed: number): RecordedPart[] {
  const days: RecordedPart[] = [];
  for (let startSeconds = fromSeconds; startSeconds < untilSeconds; ) {
    const nextDay = (Math.floor(startSeconds / SECONDS_PER_DAY) + 1) * SECONDS_PER_DAY;
    const end = Math.min(nextDay, untilSeconds);
    const periodSeconds = speed === 1 ? periodOf(startSeconds, nowSeconds) : 60 / speed;
    const part = { fromSeconds: floorTo(startSeconds, periodSeconds), untilSeconds: floorTo(end, periodSeconds), periodSeconds };
    if (part.untilSeconds > part.fromSeconds) days.push(part);
    startSeconds = end;
  }
  return days;
}

function periodOf(startSeconds: number, nowSeconds: number): number {
  const days = (nowSeconds - startSeconds) / SECONDS_PER_DAY;
  return (RETENTION.find((row) => days < row.days) ?? RETENTION.at(-1)!).periodSeconds;
}

function floorTo(seconds: number, step: number): number {
  return Math.floor(seconds / step) * step;
}

/** What of a time is no longer retained as finely as that of today, as texts. */
export function retentionRemarks({ fromSeconds }: PastTime, days: readonly RecordedPart[], nowSeconds: number): string[] {
  const coarse = days.filter(({ periodSeconds }) => periodSeconds > 60);
  const [first, last] = [coarse[0], coarse.at(-1)];
  const activitiesFrom = nowSeconds - ACTIVITY_RETENTION_DAYS * SECONDS_PER_DAY;
  return [
    ...(first === undefined || last === undefined
      ? []
      : [
          `from ${dateText(first.fromSeconds)} to ${dateText(last.untilSeconds)} CloudWatch has periods of ${Math.max(first.periodSeconds, last.periodSeconds) / 60} minutes at best: those of one minute are retained for 15 days`,
        ]),
    ...(fromSeconds < activitiesFrom ? [`no scaling activities before ${dateText(activitiesFrom)}: they are retained for six weeks`] : []),
  ];
}

/** A moment in UTC, to the minute. */
export function dateText(seconds: number): string {
  return `${new Date(1000 * seconds).toISOString().slice(0, 16)}Z`;
}
