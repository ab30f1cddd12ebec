import { edgeOf } from './halving';
import type { TimelineRow } from './outcome';

/** What a row says about latency. */
type AnsweredRow = Pick<TimelineRow, 'atSeconds' | 'requestsPerSecond' | 'p50Millis' | 'p95Millis'>;

/** An exponential spread falls to a half, and to a twentieth, after so many of its means. */
const P50_MEANS = Math.LN2;
const P95_MEANS = Math.log(20);

/** Halvings that find a percentile to within a billionth of the range. */
const HALVINGS = 40;

/**
 * The share of all answers that took longer than a limit, from 0 to 1.
 *
 * Each row knows its median and its 95th percentile: between and beyond them an exponential spread is taken, which is what
 * waiting for a shared processor comes to.
 */
export function slowShare(rows: readonly AnsweredRow[], limitMillis: number): number {
  let answers = 0;
  let slow = 0;
  for (const [index, row] of rows.entries()) {
    const { p50Millis, p95Millis, requestsPerSecond } = row;
    if (p50Millis === undefined || p95Millis === undefined) continue;
    const count = requestsPerSecond * (row.atSeconds - (rows[index - 1]?.atSeconds ?? 0));
    answers += count;
    slow += count * shareAbove(limitMillis, p50Millis, p95Millis);
  }
  return answers > 0 ? slow / answers : 0;
}

/** The latency that 95 of 100 answers of a whole run stayed below; undefined where nothing was answered. */
export function p95OverRun(rows: readonly AnsweredRow[]): number | undefined {
  const worst = Math.max(
    ...rows.map((row) => (row.requestsPerSecond > 0 ? (row.p95Millis ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY)),
  );
  if (worst === Number.NEGATIVE_INFINITY) return undefined;
  return edgeOf((millis) => slowShare(rows, millis) > 0.05, worst, HALVINGS).outside;
}

function shareAbove(limitMillis: number, p50Millis: number, p95Millis: number): number {
  const mean = (p95Millis - p50Millis) / (P95_MEANS - P50_MEANS);
  const least = p50Millis - P50_MEANS * mean;
  if (limitMillis < least) return 1;
  return mean > 0 ? Math.exp(-(limitMillis - least) / mean) : 0;
}
