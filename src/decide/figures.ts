import { bisect } from '../math/bisect';
import type { Outcome, TimelineRow } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { firstActivity } from '../scaling/activity';
import { type Band, bandOf } from '../simulation/band';
import type { Bill } from './cost/bill';
import { type CostOptions, monthlyCost } from './cost/monthly-cost';

/** The numbers of a run that plans are compared by. */
export interface Figures {
  readonly maxTasks: number;
  readonly secondsOverTarget: number;
  readonly failedRequests: number;
  /** Failed requests as a share of all requests, from 0 to 1. */
  readonly failedShare: number;
  /** The 95th percentile of the latency over the run; undefined if there was no response. */
  readonly p95Millis?: number;
  /** Seconds in which requests were sent and no response came. */
  readonly outageSeconds: number;
  readonly taskHours: number;
  /** Undefined if nothing scaled out. */
  readonly firstScaleOutSeconds?: number;
  /** Undefined if nothing scaled in. */
  readonly firstScaleInSeconds?: number;
  /** The cost of a month in which the run repeats. */
  readonly dollarsPerMonth: number;
  /** The part of it for the tasks. The rest grows with the requests, and users of a faster service send more of them. */
  readonly taskDollarsPerMonth: number;
}

export type FigureName = keyof Figures;

/** The band of each figure over many seeds. */
export type FigureBands = { readonly [Name in FigureName]: undefined extends Figures[Name] ? Band | undefined : Band };

/** The figures of one run. */
export function figuresOf(scenario: Scenario, outcome: Outcome, options: CostOptions = {}): Figures {
  const { expected } = monthlyCost(scenario, outcome, options);
  const { maxTasks, failedRequests, requests, taskHours, secondsOverTarget, outageSeconds } = outcome.totals;
  return {
    maxTasks,
    secondsOverTarget,
    failedRequests,
    failedShare: requests > 0 ? failedRequests / requests : 0,
    p95Millis: p95OverRun(outcome.timeline),
    outageSeconds,
    taskHours,
    firstScaleOutSeconds: firstActivity(outcome.activities, 'out')?.startSeconds,
    firstScaleInSeconds: firstActivity(outcome.activities, 'in')?.startSeconds,
    dollarsPerMonth: expected.dollars,
    taskDollarsPerMonth: taskDollars(expected),
  };
}

/** Ephemeral storage is billed with each task. */
function taskDollars({ parts }: Bill): number {
  return parts.reduce((sum, { name, dollars }) => (name === 'tasks' || name === 'task storage' ? sum + dollars : sum), 0);
}

/**
 * The bands of the figures of many runs.
 *
 * @param runs at least one.
 */
export function bandsOf(runs: readonly Figures[]): FigureBands {
  const bandOfFigure = (name: FigureName): Band | undefined =>
    bandOf(runs.flatMap((figures) => (figures[name] === undefined ? [] : [figures[name]])));
  return {
    maxTasks: bandOfFigure('maxTasks')!,
    secondsOverTarget: bandOfFigure('secondsOverTarget')!,
    failedRequests: bandOfFigure('failedRequests')!,
    failedShare: bandOfFigure('failedShare')!,
    p95Millis: bandOfFigure('p95Millis'),
    outageSeconds: bandOfFigure('outageSeconds')!,
    taskHours: bandOfFigure('taskHours')!,
    firstScaleOutSeconds: bandOfFigure('firstScaleOutSeconds'),
    firstScaleInSeconds: bandOfFigure('firstScaleInSeconds'),
    dollarsPerMonth: bandOfFigure('dollarsPerMonth')!,
    taskDollarsPerMonth: bandOfFigure('taskDollarsPerMonth')!,
  };
}

/** The fields of a row that latencies are computed from. */
type ServedRow = Pick<TimelineRow, 'atSeconds' | 'servedRequestsPerSecond' | 'p50Millis' | 'p95Millis'>;

/** The median and the 95th percentile of an exponential distribution, as multiples of its mean. */
const P50_MEANS = Math.LN2;
const P95_MEANS = Math.log(20);

/** Bisection steps that find a percentile to within a billionth of the range. */
const BISECTION_STEPS = 40;

/**
 * The latencies of all responses of a run.
 *
 * Each row has a median and a 95th percentile. The latency is taken to be distributed exponentially around them, as it is where
 * requests share a processor.
 */
class RunLatencies {
  private readonly counts: number[] = [];
  private readonly minMillis: number[] = [];
  /** The mean above the minimum. */
  private readonly meanMillis: number[] = [];
  private responses = 0;

  public constructor(rows: readonly ServedRow[]) {
    let startSeconds = 0;
    for (const { atSeconds, p50Millis, p95Millis, servedRequestsPerSecond } of rows) {
      if (p50Millis !== undefined && p95Millis !== undefined)
        this.add(servedRequestsPerSecond * (atSeconds - startSeconds), p50Millis, p95Millis);
      startSeconds = atSeconds;
    }
  }

  /** The share of the responses that took longer than a limit, from 0 to 1; with `enough`, at least that if it is above. */
  public shareAbove(limitMillis: number, enough = 1): number {
    if (this.responses === 0) return 0;
    let slow = 0;
    for (let row = 0; row < this.counts.length && slow / this.responses <= enough; row++) {
      slow += this.counts[row]! * shareAbove(limitMillis, this.minMillis[row]!, this.meanMillis[row]!);
    }
    return slow / this.responses;
  }

  private add(count: number, p50Millis: number, p95Millis: number): void {
    const meanMillis = (p95Millis - p50Millis) / (P95_MEANS - P50_MEANS);
    this.responses += count;
    this.counts.push(count);
    this.meanMillis.push(meanMillis);
    this.minMillis.push(p50Millis - P50_MEANS * meanMillis);
  }
}

/** The share of all responses that took longer than a limit, from 0 to 1. */
export function slowShare(rows: readonly ServedRow[], limitMillis: number): number {
  return new RunLatencies(rows).shareAbove(limitMillis);
}

const SLOWEST_SHARE = 0.05;

/** The 95th percentile of the latency over a whole run; undefined if there was no response. */
export function p95OverRun(rows: readonly ServedRow[]): number | undefined {
  let highestP95Millis = Number.NEGATIVE_INFINITY;
  for (const { servedRequestsPerSecond, p95Millis } of rows)
    if (servedRequestsPerSecond > 0 && p95Millis !== undefined) highestP95Millis = Math.max(highestP95Millis, p95Millis);
  if (highestP95Millis === Number.NEGATIVE_INFINITY) return undefined;
  const latencies = new RunLatencies(rows);
  const isExceeded = (millis: number): boolean => latencies.shareAbove(millis, SLOWEST_SHARE) > SLOWEST_SHARE;
  return bisect(isExceeded, highestP95Millis, BISECTION_STEPS).outside;
}

function shareAbove(limitMillis: number, minMillis: number, meanMillis: number): number {
  if (limitMillis < minMillis) return 1;
  return meanMillis > 0 ? Math.exp(-(limitMillis - minMillis) / meanMillis) : 0;
}
