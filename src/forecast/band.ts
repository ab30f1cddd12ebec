import { firstActivity } from '../scaling/activity';
import type { Outcome } from '../scenario/outcome';
import type { Scenario } from '../scenario/scenario';
import { forecast } from './forecast';

/** Where a number lies over many seeds: 5, 50 and 95 of 100 runs are below. */
export interface Band {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** More runs of one question than this say nothing new. */
export const MOST_SEEDS = 10_000;

/** What is kept of the outcome of one of many seeds: its timeline would take too much memory. */
export type SeedOutcome = Pick<Outcome, 'kind' | 'activities' | 'totals'>;

/** What many seeds say of one scenario. What no run did is undefined. */
export interface ForecastBand {
  readonly seeds: number;
  readonly firstScaleOutSeconds?: Band;
  readonly firstScaleInSeconds?: Band;
  readonly maxTasks: Band;
  readonly failedRequests: Band;
  readonly secondsOverTarget: Band;
  readonly outageSeconds: Band;
  readonly taskHours: Band;
}

/**
 * Forecasts a scenario once for each of many seeds.
 *
 * When AWS shows a metric to an alarm, and when it looks, nobody can choose or
 * know: a single run would state one of many equally likely times.
 */
export function forecastSeeds(scenario: Scenario, seeds: number): SeedOutcome[] {
  return Array.from({ length: seeds }, (_, index) => {
    const { kind, activities, totals } = forecast({ ...scenario, seed: scenario.seed + index });
    return { kind, activities, totals };
  });
}

/** Where the outcomes of many seeds lie. */
export function bandOver(outcomes: readonly SeedOutcome[]): ForecastBand {
  return {
    seeds: outcomes.length,
    firstScaleOutSeconds: bandOf(outcomes.flatMap((outcome) => firstStart(outcome, 'out'))),
    firstScaleInSeconds: bandOf(outcomes.flatMap((outcome) => firstStart(outcome, 'in'))),
    maxTasks: bandOfTotal(outcomes, 'maxTasks'),
    failedRequests: bandOfTotal(outcomes, 'failedRequests'),
    secondsOverTarget: bandOfTotal(outcomes, 'secondsOverTarget'),
    outageSeconds: bandOfTotal(outcomes, 'outageSeconds'),
    taskHours: bandOfTotal(outcomes, 'taskHours'),
  };
}

type Counted = 'maxTasks' | 'failedRequests' | 'secondsOverTarget' | 'outageSeconds' | 'taskHours';

function bandOfTotal(outcomes: readonly SeedOutcome[], name: Counted): Band {
  return bandOf(outcomes.map(({ totals }) => totals[name]))!;
}

function firstStart({ activities }: SeedOutcome, direction: 'out' | 'in'): number[] {
  const first = firstActivity(activities, direction);
  return first === undefined ? [] : [first.startSeconds];
}

/** Where numbers lie, each bound being one of them; undefined where there are none. */
export function bandOf(values: readonly number[]): Band | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { low: at(0.05), median: at(0.5), high: at(0.95) };
}
