import { fallingRoot } from '../math/falling-root';
import type { LatencyLimits, RangedPercentile } from '../metrics/latency-percentiles';
import { rowStartSeconds, type TimelineRow } from './outcome';

/** The fields of a row that latencies are computed from. */
export type ServedRow = Pick<TimelineRow, 'atSeconds' | 'servedRequestsPerSecond' | 'p50Millis' | 'p95Millis' | 'p99Millis'>;

/** The share of the responses above each percentile. */
const SHARES_ABOVE: Readonly<Record<RangedPercentile, number>> = { p95: 0.05, p99: 0.01 };

const LOG_SHARE_ABOVE_P50 = Math.log(0.5);
const LOG_SHARE_ABOVE_P95 = Math.log(SHARES_ABOVE.p95);
const LOG_SHARE_ABOVE_P99 = Math.log(SHARES_ABOVE.p99);

/**
 * The share of all responses that took longer than a limit, from 0 to 1.
 *
 * Each row has percentiles. Between them and beyond them the latency is taken to be distributed exponentially, as it is where
 * requests share a processor.
 */
export function slowShare(rows: readonly ServedRow[], limitMillis: number): number {
  return slowShareOf(servedResponses(rows), limitMillis);
}

/** The 95th and the 99th percentile of the latency over a whole run; undefined if there was no response. */
export function percentilesOverRun(rows: readonly ServedRow[]): LatencyLimits {
  const served = servedResponses(rows);
  return { p95Millis: percentileOf(served, 'p95'), p99Millis: percentileOf(served, 'p99') };
}

function percentileOf(served: readonly ServedResponses[], name: RangedPercentile): number | undefined {
  if (served.length === 0) return undefined;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const each of served) {
    low = Math.min(low, each[name]);
    high = Math.max(high, each[name]);
  }
  return low === high ? high : fallingRoot((millis) => slowShareOf(served, millis), SHARES_ABOVE[name], low, high);
}

/** The responses of a row, and the percentiles of their latency in milliseconds. */
interface ServedResponses {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** How much farther the 99th percentile of an exponential distribution is from the 95th than that from the median. */
const P99_DISTANCE = (LOG_SHARE_ABOVE_P99 - LOG_SHARE_ABOVE_P95) / (LOG_SHARE_ABOVE_P95 - LOG_SHARE_ABOVE_P50);

/** A row without a 99th percentile has that of an exponential distribution. */
function servedResponses(rows: readonly ServedRow[]): ServedResponses[] {
  const served: ServedResponses[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const { p50Millis: p50, p95Millis: p95 } = row;
    const count = row.servedRequestsPerSecond * (row.atSeconds - rowStartSeconds(rows, index));
    if (p50 === undefined || p95 === undefined || !(count > 0)) continue;
    served.push({ count, p50, p95, p99: row.p99Millis ?? p95 + P99_DISTANCE * (p95 - p50) });
  }
  return served;
}

function slowShareOf(served: readonly ServedResponses[], limitMillis: number): number {
  let responses = 0;
  let slow = 0;
  for (const each of served) {
    responses += each.count;
    slow += each.count * slowShareOfRow(limitMillis, each);
  }
  return responses > 0 ? slow / responses : 0;
}

function slowShareOfRow(millis: number, { p50, p95, p99 }: ServedResponses): number {
  const logShare =
    millis < p95
      ? logShareOnLine(millis, p50, LOG_SHARE_ABOVE_P50, p95, LOG_SHARE_ABOVE_P95)
      : logShareOnLine(millis, p95, LOG_SHARE_ABOVE_P95, p99, LOG_SHARE_ABOVE_P99);
  return logShare >= 0 ? 1 : Math.exp(logShare);
}

/** The logarithm of a share that falls exponentially from one percentile to the next. Where both are the same, no response takes longer. */
function logShareOnLine(millis: number, fromMillis: number, fromLogShare: number, toMillis: number, toLogShare: number): number {
  if (toMillis > fromMillis) return fromLogShare + ((millis - fromMillis) / (toMillis - fromMillis)) * (toLogShare - fromLogShare);
  return millis < fromMillis ? 0 : Number.NEGATIVE_INFINITY;
}
