import { NO_FAILURES } from '../run/failures';
import type { TimelineRow } from '../run/outcome';
import type { Activity } from '../scaling/activity';
import type { RecordedPeriod } from './recorded-period';

/** A recorded period, and the second of the recording at which it ends. */
export interface TimedPeriod {
  readonly period: RecordedPeriod;
  readonly endSeconds: number;
}

/** Periods of a recording one after the other, with what is not known in between. */
export interface ContinuousPeriods {
  readonly periods: readonly TimedPeriod[];
  /** The gaps without a datapoint, in seconds of the recording. */
  readonly gaps: readonly { readonly fromSeconds: number; readonly untilSeconds: number }[];
}

/**
 * The periods one after the other: where datapoints are missing there are periods without values, except for the requests, which are on a line between those
 * before and after the gap.
 *
 * @param periods sorted by their time.
 * @param secondOf the second of the recording at which a moment is.
 */
export function continuousPeriods(periods: readonly RecordedPeriod[], secondOf: (epochSeconds: number) => number): ContinuousPeriods {
  const timed: TimedPeriod[] = [];
  const gaps: { fromSeconds: number; untilSeconds: number }[] = [];
  let last: RecordedPeriod | undefined;
  for (const period of periods) {
    const expected = last === undefined ? period.startsAtSeconds : endOf(last);
    // periods that overlap are there twice.
    if (period.startsAtSeconds < expected - ROUNDING_SECONDS) continue;
    if (last !== undefined && period.startsAtSeconds > expected + ROUNDING_SECONDS) {
      gaps.push({ fromSeconds: secondOf(expected), untilSeconds: secondOf(period.startsAtSeconds) });
      for (const filler of between(last, period)) timed.push({ period: filler, endSeconds: secondOf(endOf(filler)) });
    }
    timed.push({ period, endSeconds: secondOf(endOf(period)) });
    last = period;
  }
  return { periods: timed, gaps };
}

const ROUNDING_SECONDS = 0.01;

/** A longer gap is not filled minute by minute. */
const MAX_FILLERS = 100_000;

function endOf({ startsAtSeconds, periodSeconds }: RecordedPeriod): number {
  return startsAtSeconds + periodSeconds;
}

function between(before: RecordedPeriod, after: RecordedPeriod): RecordedPeriod[] {
  const startsAtSeconds = endOf(before);
  const gapSeconds = after.startsAtSeconds - startsAtSeconds;
  const count = Math.min(MAX_FILLERS, Math.max(1, Math.round(gapSeconds / after.periodSeconds)));
  const periodSeconds = gapSeconds / count;
  const [from, to] = [(before.requests ?? 0) / before.periodSeconds, (after.requests ?? 0) / after.periodSeconds];
  return Array.from({ length: count }, (_, index) => ({
    startsAtSeconds: startsAtSeconds + index * periodSeconds,
    periodSeconds,
    requests: periodSeconds * (from + (to - from) * ((index + 1) / (count + 1))),
  }));
}

/** The counts of the tasks in the rows so far, which go on where a period has none. */
interface Counts {
  readonly desired: number;
  readonly running: number;
  readonly healthy: number;
}

/** The rows of the timeline, one for each period. */
export function timelineOf(periods: readonly TimedPeriod[], activities: readonly Activity[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let counts: Counts = { desired: 0, running: 0, healthy: 0 };
  let next = 0;
  for (const [index, { period, endSeconds }] of periods.entries()) {
    while (next < activities.length && activities[next]!.startSeconds <= endSeconds) next++;
    const activity = activities[next - 1];
    // the count before the first activity is that from which it scaled.
    const scaledTo = activity?.toCapacity ?? activities[0]?.fromCapacity;
    // long after an activity the count may have been set by hand, which is no activity.
    const isScaling = activity !== undefined && endSeconds - activity.startSeconds < SECONDS_UNTIL_REPORTED + period.periodSeconds;
    counts = countsIn(period, counts, isScaling || period.desiredTasks === undefined ? scaledTo : undefined, index === 0);
    rows.push(rowOf(period, endSeconds, counts));
  }
  return rows;
}

/** After so long the desired count that ECS reports is that of an activity. */
const SECONDS_UNTIL_REPORTED = 120;

function countsIn(period: RecordedPeriod, before: Counts, scaledTo: number | undefined, isFirst: boolean): Counts {
  const running = runningTasksIn(period) ?? (isFirst ? (scaledTo ?? period.desiredTasks ?? 1) : before.running);
  const desired = scaledTo ?? (period.desiredTasks === undefined ? running : Math.round(period.desiredTasks));
  const healthy =
    period.healthyHosts === undefined ? Math.min(running, isFirst ? running : Math.max(before.healthy, 1)) : period.healthyHosts;
  return { desired, running: Math.round(running), healthy: Math.round(healthy) };
}

/** The running tasks, on average over a period; undefined if no metric has them. */
export function runningTasksIn({ runningTasks, cpuSamples, healthyHosts, periodSeconds }: RecordedPeriod): number | undefined {
  if (runningTasks !== undefined) return runningTasks;
  return cpuSamples === undefined ? healthyHosts : cpuSamples / Math.max(1, periodSeconds / SECONDS_PER_SAMPLE);
}

/** A task on Fargate has a sample of its CPU each minute. */
const SECONDS_PER_SAMPLE = 60;

const MILLIS_PER_SECOND = 1000;

function rowOf(period: RecordedPeriod, endSeconds: number, { desired, running, healthy }: Counts): TimelineRow {
  const { requests = 0, elb502 = 0, elb503 = 0, elb504 = 0, target5xx = 0, periodSeconds, cpuPercent, memoryPercent } = period;
  const failures = { ...NO_FAILURES, 'HTTP 502': elb502, 'HTTP 503': elb503, 'HTTP 504': elb504, other: target5xx };
  const failed = elb502 + elb503 + elb504 + target5xx;
  // a request without a healthy target is not one of a target group.
  const sent = requests + elb503;
  const millis = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : MILLIS_PER_SECOND * seconds);
  return {
    atSeconds: endSeconds,
    sentRequestsPerSecond: sent / periodSeconds,
    servedRequestsPerSecond: Math.max(0, sent - failed) / periodSeconds,
    failedRequests: failed,
    failures,
    failedRequestsPerSecond: failed / periodSeconds,
    desiredCount: desired,
    runningCount: running,
    healthyCount: healthy,
    cpuUtilizationPercent: cpuPercent,
    memoryUtilizationPercent: memoryPercent,
    requestCountPerTarget: healthy > 0 ? (60 * requests) / periodSeconds / healthy : undefined,
    p50Millis: millis(period.p50ResponseSeconds),
    p95Millis: millis(period.p95ResponseSeconds),
    p99Millis: millis(period.p99ResponseSeconds),
  };
}
