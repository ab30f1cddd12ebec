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
 * The share of all responses that took longer than a limit, from 0 to 1.
 *
 * Each row has a median and a 95th percentile. The latency is taken to be distributed exponentially around them, as it is where
 * requests share a processor.
 */
export function slowShare(rows: readonly ServedRow[], limitMillis: number): number {
  let responses = 0;
  let slow = 0;
  for (const [index, row] of rows.entries()) {
    const { p50Millis, p95Millis, servedRequestsPerSecond } = row;
    if (p50Millis === undefined || p95Millis === undefined) continue;
    const count = servedRequestsPerSecond * (row.atSeconds - (rows[index - 1]?.atSeconds ?? 0));
    responses += count;
    slow += count * shareAbove(limitMillis, p50Millis, p95Millis);
  }
  return responses > 0 ? slow / responses : 0;
}

/** The 95th percentile of the latency over a whole run; undefined if there was no response. */
export function p95OverRun(rows: readonly ServedRow[]): number | undefined {
  const highestP95Millis = Math.max(
    ...rows.map((row) => (row.servedRequestsPerSecond > 0 ? (row.p95Millis ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY)),
  );
  if (highestP95Millis === Number.NEGATIVE_INFINITY) return undefined;
  return bisect((millis) => slowShare(rows, millis) > 0.05, highestP95Millis, BISECTION_STEPS).outside;
}

function shareAbove(limitMillis: number, p50Millis: number, p95Millis: number): number {
  const meanMillis = (p95Millis - p50Millis) / (P95_MEANS - P50_MEANS);
  const minMillis = p50Millis - P50_MEANS * meanMillis;
  if (limitMillis < minMillis) return 1;
  return meanMillis > 0 ? Math.exp(-(limitMillis - minMillis) / meanMillis) : 0;
}
