import { affordableSeeds } from '../forecast/affordable-seeds';
import { bandOver, forecastSeeds } from '../forecast/band';
import { forecast } from '../forecast/forecast';
import { typicalOutcome } from '../forecast/typical-outcome';
import { refuse } from '../plan/invalid-input';
import type { ReadPlan } from '../plan/plan';
import type { ForecastOptions } from './forecast-options';
import { ForecastOutcome } from './forecast-outcome';
import { questionMistakes, scenarioOf } from './scenario-of-options';

/** Asks with every seed, and shows the run that is typical of them. */
export function runForecast({ plan, ignored }: ReadPlan, options: ForecastOptions): ForecastOutcome {
  const scenario = scenarioOf(plan, options);
  refuse(questionMistakes(scenario, options));
  const outcomes = forecastSeeds(scenario, options.seeds ?? affordableSeeds(scenario.traffic));
  const shown = { ...scenario, seed: scenario.seed + typicalOutcome(outcomes) };
  return ForecastOutcome._of({ scenario: shown, outcome: forecast(shown), band: bandOver(outcomes), firstSeed: scenario.seed, ignored });
}
