import { affordableSeeds } from '../forecast/affordable-seeds';
import { bandOver, forecastSeeds } from '../forecast/band';
import { forecast } from '../forecast/forecast';
import { typicalOutcome } from '../forecast/typical-outcome';
import { refuse } from '../plan/invalid-input';
import type { ReadPlan } from '../plan/plan';
import { AWS_BEHAVIOR } from '../scaling/aws-behavior';
import type { Scenario } from '../scenario/scenario';
import { scenarioMistakes } from '../scenario/scenario-mistakes';
import type { ForecastOptions } from './forecast-options';
import { ForecastOutcome } from './forecast-outcome';
import { Workload } from './workload';

const MOST_SEEDS = 10_000;

/** Asks with every seed, and shows the run that is typical of them. */
export function runForecast({ plan, ignored }: ReadPlan, options: ForecastOptions): ForecastOutcome {
  const scenario: Scenario = {
    plan,
    workload: (options.workload ?? Workload.referenceSearchService())._workload(),
    traffic: options.traffic._traffic(),
    behavior: AWS_BEHAVIOR,
    seed: options.seed ?? 1,
  };
  refuse([...new Set([...options.traffic._mistakes(), ...scenarioMistakes(scenario), ...seedsMistakes(options.seeds)])]);
  const outcomes = forecastSeeds(scenario, options.seeds ?? affordableSeeds(scenario.traffic));
  const shown = { ...scenario, seed: scenario.seed + typicalOutcome(outcomes) };
  return ForecastOutcome._of({ scenario: shown, outcome: forecast(shown), band: bandOver(outcomes), ignored });
}

function seedsMistakes(seeds: number | undefined): string[] {
  if (seeds === undefined || (Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_SEEDS)) return [];
  return [`seeds must be a whole number from 1 to ${MOST_SEEDS}, got ${seeds}`];
}
