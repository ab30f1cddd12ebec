import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { firstActivity } from '../scaling/activity';
import { type Traffic, trafficSeconds } from '../traffic/traffic-phases';
import { forecast } from './forecast';

/** The spread of a number over many seeds: its 5th, 50th and 95th percentile, and its maximum. */
export interface Band {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly max: number;
  /** How many of the seeds have the number: some may never scale out. */
  readonly seeds: number;
}

/** More runs of one scenario add no precision. */
export const MAX_SEEDS = 10_000;

/** The part of an outcome that is stored for each seed; the timelines would take too much memory. */
export type SeedOutcome = Pick<Outcome, 'kind' | 'activities' | 'totals'>;

/** The bands of one scenario over many seeds. A band is undefined if no run has a value. */
export interface ForecastBand {
  readonly seeds: number;
  readonly firstScaleOutSeconds?: Band;
  readonly firstScaleInSeconds?: Band;
  readonly maxTasks: Band;
  readonly failedRequests: Band;
  readonly secondsOverTarget: Band;
  readonly outageSeconds: Band;
  readonly taskHours: Band;
  /** The percentiles of the latency over a run, of the runs that served a request. */
  readonly p95Millis?: Band;
  readonly p99Millis?: Band;
}

/**
 * Forecasts a scenario once for each of many seeds.
 *
 * When CloudWatch's periods and evaluations begin is unknown, so a single run shows one of many equally likely times.
 */
export function forecastSeeds(scenario: Scenario, seeds: number): SeedOutcome[] {
  return Array.from({ length: seeds }, (_, index) => {
    const { kind, activities, totals } = forecast({ ...scenario, seed: scenario.seed + index });
    return { kind, activities, totals };
  });
}

/** The bands of the outcomes of many seeds. */
export function bandOver(outcomes: readonly SeedOutcome[]): ForecastBand {
  return {
    seeds: outcomes.length,
    firstScaleOutSeconds: bandOf(outcomes.flatMap((outcome) => firstStartSeconds(outcome, 'out'))),
    firstScaleInSeconds: bandOf(outcomes.flatMap((outcome) => firstStartSeconds(outcome, 'in'))),
    maxTasks: bandOfTotal(outcomes, 'maxTasks'),
    failedRequests: bandOfTotal(outcomes, 'failedRequests'),
    secondsOverTarget: bandOfTotal(outcomes, 'secondsOverTarget'),
    outageSeconds: bandOfTotal(outcomes, 'outageSeconds'),
    taskHours: bandOfTotal(outcomes, 'taskHours'),
    p95Millis: bandOf(outcomes.flatMap(({ totals }) => totals.p95Millis ?? [])),
    p99Millis: bandOf(outcomes.flatMap(({ totals }) => totals.p99Millis ?? [])),
  };
}

/** The totals that have a band. */
type TotalName = 'maxTasks' | 'failedRequests' | 'secondsOverTarget' | 'outageSeconds' | 'taskHours';

function bandOfTotal(outcomes: readonly SeedOutcome[], name: TotalName): Band {
  return bandOf(outcomes.map(({ totals }) => totals[name]))!;
}

function firstStartSeconds({ activities }: SeedOutcome, direction: 'out' | 'in'): number[] {
  const first = firstActivity(activities, direction);
  return first === undefined ? [] : [first.startSeconds];
}

/** The share of the values below a band, and of those above it. */
const OUTSIDE_SHARE = 0.05;

/** The band of numbers, or undefined if there are none. */
export function bandOf(values: readonly number[]): Band | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  // as many values are above the band as below it.
  const outsideCount = Math.floor(OUTSIDE_SHARE * sorted.length);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  const high = sorted[sorted.length - 1 - outsideCount]!;
  return { low: sorted[outsideCount]!, median, high, max: sorted.at(-1)!, seeds: sorted.length };
}

const SECONDS_PER_DAY = 86_400;
const MAX_DAYS_OVER_ALL_SEEDS = 10;
const MAX_DEFAULT_SEEDS = 100;
const MIN_DEFAULT_SEEDS = 10;

/** The default number of seeds, limited for long traffic: 100, or as many as have ten days of traffic together, but at least 10. */
export function defaultSeedCount(traffic: Traffic): number {
  const days = trafficSeconds(traffic) / SECONDS_PER_DAY;
  return Math.min(MAX_DEFAULT_SEEDS, Math.max(MIN_DEFAULT_SEEDS, Math.round(MAX_DAYS_OVER_ALL_SEEDS / days)));
}

/** The numbers that outcomes are compared by, the most important first. */
const COMPARED_NUMBERS: readonly ((outcome: SeedOutcome) => number)[] = [
  ({ totals }) => totals.maxTasks,
  ({ totals }) => totals.failedRequests,
  ({ totals }) => totals.secondsOverTarget,
  ({ activities }) => activities[0]?.startSeconds ?? Number.MAX_VALUE,
  ({ totals }) => totals.taskHours,
];

/**
 * The index of the outcome to show if only one is shown.
 *
 * Its maximum of tasks is the median of all; of the runs with that maximum it is closest to the median of the failed requests, and
 * so on. A mean of many timelines would show fractions of tasks.
 */
export function typicalOutcomeIndex(outcomes: readonly SeedOutcome[]): number {
  let candidates = outcomes.map((_, index) => index);
  for (const numberOf of COMPARED_NUMBERS) {
    const median = bandOf(outcomes.map(numberOf))!.median;
    const distance = (index: number): number => Math.abs(numberOf(outcomes[index]!) - median);
    const smallestDistance = Math.min(...candidates.map(distance));
    candidates = candidates.filter((index) => distance(index) === smallestDistance);
  }
  return candidates[0]!;
}
