import { bandOver, forecastSeeds } from '../forecast/band';
import { behaviorVariants } from '../scaling/behavior-ranges';
import type { Scenario } from '../scenario/scenario';
import type { ForecastSensitivity } from './forecast-sensitivity';

/** Enough to see whether a setting matters; there are many of them. */
const MOST_SEEDS = 20;

/** Asks the same question of an AWS that differs in one unknown at a time. */
export function runSensitivity(scenario: Scenario, seeds: number): ForecastSensitivity[] {
  return behaviorVariants(scenario.behavior).map(({ setting, behavior }) => ({
    setting,
    value: JSON.stringify(behavior[setting]),
    band: bandOver(forecastSeeds({ ...scenario, behavior }, Math.min(seeds, MOST_SEEDS))),
  }));
}
