import { throwIfAny } from '../parse/input-error';
import type { ParsedPlan } from '../plan/service-plan';
import { defaultSeedCount, forecastSeeds, typicalOutcomeIndex } from '../simulation/band';
import { forecast } from '../simulation/forecast';
import { bandOverBehaviors, sensitivityOf } from '../simulation/sensitivity';
import type { ForecastOptions } from './forecast-options';
import { ForecastOutcome } from './forecast-outcome';
import { forecastErrors, scenarioOf } from './scenario-from-options';

/** Forecasts with every seed and with the other behaviors of AWS, and selects the typical run. */
export function runForecast({ plan, ignored }: ParsedPlan, options: ForecastOptions): ForecastOutcome {
  const scenario = scenarioOf(plan, options);
  throwIfAny(forecastErrors(scenario, options));
  const outcomes = forecastSeeds(scenario, options.seeds ?? defaultSeedCount(scenario.traffic));
  const shown = { ...scenario, seed: scenario.seed + typicalOutcomeIndex(outcomes) };
  const sensitivity = sensitivityOf(scenario, outcomes.length);
  const band = bandOverBehaviors(outcomes, sensitivity);
  return ForecastOutcome._of({ scenario: shown, outcome: forecast(shown), band, sensitivity, ignored });
}
