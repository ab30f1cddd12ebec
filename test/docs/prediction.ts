import { svgOf } from '../../src/report/svg';
import type { Outcome, TimelineRow } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { bandOver, type ForecastBand, forecastSeeds, type SeedOutcome, typicalOutcomeIndex } from '../../src/simulation/band';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** How many seeds stand behind each number. */
export const SEEDS = 100;

/** The load generator of the measured service made no more than this, whatever its users wanted. */
export const ONE_GENERATOR = ', at most 2980 rps';

/** A forecast of the measured search service, 2 to 4 tasks at 70 % CPU. */
export interface Prediction {
  readonly name: string;
  readonly traffic: string;
  readonly outcome: Outcome;
  readonly outcomes: readonly SeedOutcome[];
  readonly band: ForecastBand;
  readonly svg: string;
}

/** Forecasts the measured search service under traffic. */
export function prediction(name: string, title: string, traffic: string): Prediction {
  const asked: Scenario = {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  const outcomes = forecastSeeds(asked, SEEDS);
  const scenario = { ...asked, seed: asked.seed + typicalOutcomeIndex(outcomes) };
  const outcome = forecast(scenario);
  return { name, traffic, outcome, outcomes, band: bandOver(outcomes), svg: svgOf({ title, runs: [{ name, scenario, outcome }] }) };
}

/** The row that ends at a second of the scenario. */
export function rowAt({ outcome }: Prediction, atSeconds: number): TimelineRow {
  return outcome.timeline.find((row) => row.atSeconds >= atSeconds)!;
}

/** The highest CPU of any minute, in percent. */
export function highestCpu({ outcome }: Prediction): number {
  return Math.max(...outcome.timeline.map((row) => row.cpuUtilizationPercent ?? 0));
}
