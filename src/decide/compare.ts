import { throwIfAny } from '../parse/input-error';
import { MIN_REPORTED_FAILED_REQUESTS } from '../run/failures';
import type { Scenario } from '../run/scenario';
import { forecast } from '../simulation/forecast';
import type { CostOptions } from './cost/monthly-cost';
import { bandsOf, type FigureBands, figuresOf } from './figures';

/** A scenario with its name in a comparison. */
export interface NamedScenario {
  readonly name: string;
  readonly scenario: Scenario;
}

/** The figures of one scenario of a comparison. */
export interface ComparisonRow extends FigureBands {
  readonly name: string;
}

/** Scenarios side by side, in the order in which they were given. */
export interface Comparison {
  readonly seeds: number;
  readonly rows: readonly ComparisonRow[];
  /** The differences of each scenario to the first one, as text. */
  readonly tradeOffs: readonly string[];
}

/** The options of a comparison. */
export interface CompareOptions extends CostOptions {
  /** How many runs of each scenario, with the same seeds for all. */
  readonly seeds: number;
  /**
   * Called after each forecast: scenarios × seeds times.
   *
   * @default - not called
   */
  readonly onForecast?: () => void;
}

/**
 * Forecasts scenarios side by side: reliability against cost.
 *
 * @param scenarios at least two, which should differ only in what is compared.
 * @throws InputError for fewer than two, duplicate names, or no seed.
 */
export function compare(scenarios: readonly NamedScenario[], options: CompareOptions): Comparison {
  const names = scenarios.map(({ name }) => name);
  throwIfAny([
    ...(scenarios.length >= 2 ? [] : [`a comparison must have at least two plans, got ${scenarios.length}`]),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `names of plans must differ, got '${name}' twice`),
    ...seedErrors(options.seeds),
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

function seedErrors(seeds: number): string[] {
  return Number.isInteger(seeds) && seeds >= 1 ? [] : [`seeds must be a whole number of at least 1, got ${seeds}`];
}

function tradeOff(first: ComparisonRow, row: ComparisonRow): string {
  const dollars = row.dollarsPerMonth.median - first.dollarsPerMonth.median;
  const failed = row.failedRequests.median - first.failedRequests.median;
  const seconds = row.secondsOverTarget.median - first.secondsOverTarget.median;
  const differences = [
    Math.abs(dollars) < 0.005 ? 'costs the same' : `costs $${Math.abs(dollars).toFixed(2)} ${dollars > 0 ? 'more' : 'less'} a month`,
    Math.abs(failed) < MIN_REPORTED_FAILED_REQUESTS
      ? 'fails as many requests'
      : `fails ${Math.abs(failed).toFixed(0)} ${failed > 0 ? 'more' : 'fewer'} requests`,
    Math.abs(seconds) < 0.5
      ? 'is over its target for as long'
      : `is over its target for ${Math.abs(seconds).toFixed(0)} seconds ${seconds > 0 ? 'more' : 'less'}`,
  ];
  return `${row.name} against ${first.name}: ${differences.join(', ')}`;
}
