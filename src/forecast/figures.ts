import type { Outcome } from '../scenario/outcome';
import type { Scenario } from '../scenario/scenario';
import { p95OverRun } from '../scenario/slow-share';
import { type Band, bandOf } from './band';
import type { Bill } from './cost/bill';
import { type CostOptions, monthlyCost } from './cost/monthly-cost';

/** What a run comes to, in the numbers by which plans are told apart. */
export interface Figures {
  readonly maxTasks: number;
  readonly secondsOverTarget: number;
  readonly failedRequests: number;
  /** Failed requests of all that were sent, from 0 to 1. */
  readonly failedShare: number;
  /** 95 of 100 answers of the run were quicker; undefined where nothing was answered. */
  readonly p95Millis?: number;
  /** Seconds in which nothing was answered although somebody asked. */
  readonly outageSeconds: number;
  readonly taskHours: number;
  /** What a month costs that is like the run, over and over. */
  readonly dollarsPerMonth: number;
  /** Of that, what the tasks cost. The quicker a service is, the more users ask of it: only this says what being quick costs. */
  readonly taskDollarsPerMonth: number;
}

export type FigureName = keyof Figures;

/** Where each figure lies over many seeds. */
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
    dollarsPerMonth: expected.dollars,
    taskDollarsPerMonth: taskDollars(expected),
  };
}

/** Every task has its share of the storage. */
function taskDollars({ parts }: Bill): number {
  return parts.reduce((sum, { name, dollars }) => (name === 'tasks' || name === 'task storage' ? sum + dollars : sum), 0);
}

/** Where the figures of many runs lie. @param runs at least one. */
export function bandsOf(runs: readonly Figures[]): FigureBands {
  const over = (name: FigureName): Band | undefined =>
    bandOf(runs.flatMap((figures) => (figures[name] === undefined ? [] : [figures[name]])));
  return {
    maxTasks: over('maxTasks')!,
    secondsOverTarget: over('secondsOverTarget')!,
    failedRequests: over('failedRequests')!,
    failedShare: over('failedShare')!,
    p95Millis: over('p95Millis'),
    outageSeconds: over('outageSeconds')!,
    taskHours: over('taskHours')!,
    dollarsPerMonth: over('dollarsPerMonth')!,
    taskDollarsPerMonth: over('taskDollarsPerMonth')!,
  };
}
