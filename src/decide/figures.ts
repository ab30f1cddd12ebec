import type { Outcome } from '../run/outcome';
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
  /** The 99th percentile. */
  readonly p99Millis?: number;
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
  const { maxTasks, failedRequests, requests, taskHours, secondsOverTarget, outageSeconds, p95Millis, p99Millis } = outcome.totals;
  return {
    maxTasks,
    secondsOverTarget,
    failedRequests,
    failedShare: requests > 0 ? failedRequests / requests : 0,
    p95Millis,
    p99Millis,
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
    p99Millis: bandOfFigure('p99Millis'),
    outageSeconds: bandOfFigure('outageSeconds')!,
    taskHours: bandOfFigure('taskHours')!,
    firstScaleOutSeconds: bandOfFigure('firstScaleOutSeconds'),
    firstScaleInSeconds: bandOfFigure('firstScaleInSeconds'),
    dollarsPerMonth: bandOfFigure('dollarsPerMonth')!,
    taskDollarsPerMonth: bandOfFigure('taskDollarsPerMonth')!,
  };
}
