import { type LatencyLimits, limitedPercentiles } from '../metrics/latency-percentiles';
import { MIN_REPORTED_FAILED_REQUESTS } from '../run/failures';
import type { Band } from '../simulation/band';
import type { FigureBands } from './figures';

/** What a recommended policy must achieve under the traffic of a scenario, with the maximum percentiles of the latency over the whole run. */
export interface Objective extends LatencyLimits {
  /**
   * The share of requests that may fail, from 0 to 1.
   *
   * @default 0
   */
  readonly failedShare?: number;
  /**
   * How many tasks may be lost at any moment while the others can serve the traffic. 1 is called N+1. Traffic in users
   * slows down and is still served; traffic in requests per second above the capacity is not.
   *
   * @default 0
   */
  readonly tasksLost?: number;
  /**
   * Whether all tasks of an Availability Zone may be lost at any moment while the others can serve the traffic.
   *
   * @default false
   */
  readonly zoneLost?: boolean;
}

/** What candidates are compared by, over many seeds. */
export interface CandidateBands extends FigureBands {
  /** The share of the time in which the loss that the objective asks to survive would not be survived, from 0 to 1. */
  readonly lossNotSurvivedShare: Band;
  /** The share of the requests that miss the objective: they fail, are too slow, or arrive while a loss would not be survived. */
  readonly shareMissingObjective: Band;
}

/** Returns a text for each objective that more than 5 of 100 runs miss. */
export function unmetObjectives(objective: Objective, bands: CandidateBands): string[] {
  const { failedShare = 0 } = objective;
  const { failedRequests, lossNotSurvivedShare } = bands;
  return [
    ...limitedPercentiles(objective).flatMap(({ name, percent, limitMillis }) => {
      const slowest = bands[`${name}Millis`]?.high ?? 0;
      return slowest <= limitMillis ? [] : [`${percent} of 100 responses come within ${rounded(slowest)} ms, not ${limitMillis} ms`];
    }),
    ...(bands.failedShare.high <= failedShare || failedRequests.high < MIN_REPORTED_FAILED_REQUESTS
      ? []
      : [`${percent(bands.failedShare.high)} of the requests fail, not ${percent(failedShare)}`]),
    ...(lossNotSurvivedShare.high === 0
      ? []
      : [`${formatLoss(objective)} would not be survived in ${percent(lossNotSurvivedShare.high)} of the time`]),
  ];
}

/** Validates an objective. */
export function objectiveErrors(objective: Objective): string[] {
  const { failedShare = 0, tasksLost = 0 } = objective;
  return [
    ...limitedPercentiles(objective).flatMap(({ name, limitMillis }) =>
      limitMillis > 0 && Number.isFinite(limitMillis) ? [] : [`${name}Millis must be above 0, got ${limitMillis}`],
    ),
    ...(failedShare >= 0 && failedShare <= 1 ? [] : [`failedShare must be from 0 to 1, got ${failedShare}`]),
    ...(Number.isInteger(tasksLost) && tasksLost >= 0 ? [] : [`tasksLost must be a whole number of at least 0, got ${tasksLost}`]),
  ];
}

/** Describes an objective as text. */
export function formatObjective(objective: Objective): string {
  const { failedShare = 0 } = objective;
  return [
    ...limitedPercentiles(objective).map(({ percent, limitMillis }) => `${percent} of 100 responses within ${limitMillis} ms`),
    failedShare === 0 ? 'no failed request' : `at most ${percent(failedShare)} of the requests failed`,
    ...(requiresSurvivingLoss(objective) ? [`${formatLoss(objective)} survived at any moment`] : []),
  ].join(', ');
}

/** How many tasks are lost at once, of a number of tasks. */
export function tasksLostAtOnce({ tasksLost = 0, zoneLost = false }: Objective, tasks: number, zones: number): number {
  return Math.max(tasksLost, zoneLost ? Math.ceil(tasks / zones) : 0);
}

function requiresSurvivingLoss({ tasksLost = 0, zoneLost = false }: Objective): boolean {
  return tasksLost > 0 || zoneLost;
}

function formatLoss({ tasksLost = 0, zoneLost = false }: Objective): string {
  const tasks = tasksLost === 1 ? 'the loss of one task' : `the loss of ${tasksLost} tasks`;
  if (!zoneLost) return tasks;
  return tasksLost > 0 ? `the loss of a zone, or of ${tasksLost} tasks,` : 'the loss of a zone';
}

function percent(share: number): string {
  return `${rounded(100 * share)} %`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
