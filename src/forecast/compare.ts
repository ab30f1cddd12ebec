import { refuse } from '../plan/invalid-input';
import { HALF_A_REQUEST } from '../scenario/failures';
import type { Scenario } from '../scenario/scenario';
import type { CostOptions } from './cost/monthly-cost';
import { bandsOf, type FigureBands, figuresOf } from './figures';
import { forecast } from './forecast';

/** A scenario with the name that it goes by in a comparison. */
export interface NamedScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** One scenario of a comparison, in figures. */
export interface ComparisonRow extends FigureBands {
  readonly name: string;
}

/** Scenarios side by side, in the order in which they were given. */
export interface Comparison {
  readonly seeds: number;
  readonly rows: readonly ComparisonRow[];
  /** What each gains and costs against the first one, in words. */
  readonly tradeOffs: readonly string[];
}

export interface CompareOptions extends CostOptions {
  /** How many runs of each scenario, with the same seeds for all. */
  readonly seeds: number;
  /**
   * Is told after each forecast, of which there are as many as scenarios times seeds.
   *
   * @default - nobody is told
   */
  readonly onForecast?: () => void;
}

/**
 * Forecasts scenarios side by side: reliability against cost.
 *
 * @param scenarios at least two, which differ in what is compared and in nothing else.
 * @throws InvalidInput for fewer than two, names that are given twice, or no seed.
 */
export function compare(scenarios: readonly NamedScenario[], options: CompareOptions): Comparison {
  const names = scenarios.map(({ name }) => name);
  refuse([
    ...(scenarios.length >= 2 ? [] : [`a comparison must have at least two plans, got ${scenarios.length}`]),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `names of plans must differ, got '${name}' twice`),
    ...seedMistakes(options.seeds),
  ]);
  const rows = scenarios.map(({ name, scenario }) => ({ name, ...figuresOverSeeds(scenario, options) }));
  return { seeds: options.seeds, rows, tradeOffs: rows.slice(1).map((row) => tradeOff(rows[0]!, row)) };
}

/** Forecasts one scenario once for each of many seeds and gathers its figures. */
export function figuresOverSeeds(scenario: Scenario, options: CompareOptions): FigureBands {
  const runs = Array.from({ length: options.seeds }, (_, index) => {
    const seeded = { ...scenario, seed: scenario.seed + index };
    const figures = figuresOf(seeded, forecast(seeded), options);
    options.onForecast?.();
    return figures;
  });
  return bandsOf(runs);
}

function seedMistakes(seeds: number): string[] {
  return Number.isInteger(seeds) && seeds >= 1 ? [] : [`seeds must be a whole number of at least 1, got ${seeds}`];
}

function tradeOff(first: ComparisonRow, row: ComparisonRow): string {
  const dollars = row.dollarsPerMonth.median - first.dollarsPerMonth.median;
  const failed = row.failedRequests.median - first.failedRequests.median;
  const seconds = row.secondsOverTarget.median - first.secondsOverTarget.median;
  const said = [
    Math.abs(dollars) < 0.005 ? 'costs the same' : `costs $${Math.abs(dollars).toFixed(2)} ${dollars > 0 ? 'more' : 'less'} a month`,
    Math.abs(failed) < HALF_A_REQUEST
      ? 'fails as many requests'
      : `fails ${Math.abs(failed).toFixed(0)} ${failed > 0 ? 'more' : 'fewer'} requests`,
    Math.abs(seconds) < 0.5
      ? 'is over its target for as long'
      : `is over its target for ${Math.abs(seconds).toFixed(0)} seconds ${seconds > 0 ? 'more' : 'less'}`,
  ];
  return `${row.name} against ${first.name}: ${said.join(', ')}`;
}
