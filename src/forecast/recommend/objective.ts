import { HALF_A_REQUEST } from '../../scenario/failures';
import type { Band } from '../band';
import type { FigureBands } from '../figures';

/** What a recommended policy has to achieve under the traffic of a scenario. */
export interface Objective {
  /**
   * 95 of 100 answers of the whole run are to be quicker.
   *
   * @default - any latency is good enough
   */
  readonly p95Millis?: number;
  /**
   * The share of requests that may fail, from 0 to 1.
   *
   * @default 0
   */
  readonly failedShare?: number;
  /**
   * So many tasks may be lost at any moment, and those that are left can answer what arrives. 1 is called N+1.
   *
   * @default 0
   */
  readonly tasksLost?: number;
  /**
   * Whether the tasks of a whole zone may be lost at any moment.
   *
   * @default false
   */
  readonly survivesZoneLoss?: boolean;
}

/** What a candidate is judged by, over many seeds. */
export interface JudgedBands extends FigureBands {
  /** The share of the time in which the loss that is to be survived would not be, from 0 to 1. */
  readonly unprotectedShare: Band;
  /** The share of the requests that fail, come later than wished, or come while a loss would not be survived. */
  readonly riskShare: Band;
}

/** Returns one sentence for each objective that is not reached in 95 of 100 runs. */
export function unmetObjectives(objective: Objective, judged: JudgedBands): string[] {
  const { p95Millis, failedShare = 0 } = objective;
  const { failedRequests, unprotectedShare } = judged;
  const slowest = judged.p95Millis?.high ?? 0;
  return [
    ...(p95Millis === undefined || slowest <= p95Millis
      ? []
      : [`95 of 100 answers come within ${shortly(slowest)} ms, not ${p95Millis} ms`]),
    ...(judged.failedShare.high <= failedShare || failedRequests.high < HALF_A_REQUEST
      ? []
      : [`${percent(judged.failedShare.high)} of the requests fail, not ${percent(failedShare)}`]),
    ...(unprotectedShare.high === 0
      ? []
      : [`${lossInWords(objective)} would not be survived in ${percent(unprotectedShare.high)} of the time`]),
  ];
}

/** Returns one sentence for each part of an objective that nobody can mean. */
export function objectiveMistakes({ p95Millis, failedShare = 0, tasksLost = 0 }: Objective): string[] {
  return [
    ...(p95Millis === undefined || (p95Millis > 0 && Number.isFinite(p95Millis)) ? [] : [`p95Millis must be above 0, got ${p95Millis}`]),
    ...(failedShare >= 0 && failedShare <= 1 ? [] : [`failedShare must be from 0 to 1, got ${failedShare}`]),
    ...(Number.isInteger(tasksLost) && tasksLost >= 0 ? [] : [`tasksLost must be a whole number of at least 0, got ${tasksLost}`]),
  ];
}

/** Says in words what is asked for. */
export function objectiveInWords(objective: Objective): string {
  const { p95Millis, failedShare = 0 } = objective;
  return [
    ...(p95Millis === undefined ? [] : [`95 of 100 answers within ${p95Millis} ms`]),
    failedShare === 0 ? 'no failed request' : `at most ${percent(failedShare)} of the requests failed`,
    ...(isLossExpected(objective) ? [`${lossInWords(objective)} survived at any moment`] : []),
  ].join(', ');
}

/** How many of so many tasks are lost at once. */
export function lostTasks({ tasksLost = 0, survivesZoneLoss = false }: Objective, tasks: number, zones: number): number {
  return Math.max(tasksLost, survivesZoneLoss ? Math.ceil(tasks / zones) : 0);
}

function isLossExpected({ tasksLost = 0, survivesZoneLoss = false }: Objective): boolean {
  return tasksLost > 0 || survivesZoneLoss;
}

function lossInWords({ tasksLost = 0, survivesZoneLoss = false }: Objective): string {
  const tasks = tasksLost === 1 ? 'the loss of one task' : `the loss of ${tasksLost} tasks`;
  if (!survivesZoneLoss) return tasks;
  return tasksLost > 0 ? `the loss of a zone, or of ${tasksLost} tasks,` : 'the loss of a zone';
}

function percent(share: number): string {
  return `${shortly(100 * share)} %`;
}

function shortly(value: number): string {
  return String(Number(value.toPrecision(3)));
}
