import { remarks } from '../../src/advice/remarks';
import { monthlyCost } from '../../src/decide/cost/monthly-cost';
import type { ReportedRun } from '../../src/report/report';
import type { Scenario } from '../../src/run/scenario';
import type { BehaviorVariant } from '../../src/scaling/behavior-alternatives';
import { defaultSeedCount, forecastSeeds, type SeedOutcome, typicalOutcomeIndex } from '../../src/simulation/band';
import { forecast } from '../../src/simulation/forecast';
import { bandOverBehaviors, relevantVariants, type Sensitivity, sensitivityTo } from '../../src/simulation/sensitivity';
import type { Console } from '../output/console';

/** The typical forecast of many seeds with its range over other behaviors of AWS, and the outcomes of all seeds. */
export interface ForecastRun extends Required<Omit<ReportedRun, 'ignored' | 'speed'>> {
  readonly outcomes: readonly SeedOutcome[];
}

interface ForecastContext {
  readonly console: Console;
  readonly interrupted: Promise<never>;
}

/** Forecasts a scenario with `count` seeds, beginning with its own, and prints progress. */
export function forecastEachSeed(input: Scenario, count: number, { console, interrupted }: ForecastContext): Promise<SeedOutcome[]> {
  const seeds = Array.from({ length: count }, (_, index) => input.seed + index);
  return Promise.race([console.mapWithProgress('forecasting', seeds, (seed) => forecastSeeds({ ...input, seed }, 1)[0]!), interrupted]);
}

function sensitivityToEach(input: Scenario, seeds: number, { console, interrupted }: ForecastContext): Promise<Sensitivity[]> {
  const repeat = (variant: BehaviorVariant): Sensitivity => sensitivityTo(variant, input, seeds);
  return Promise.race([console.mapWithProgress('other behaviors of AWS', relevantVariants(input), repeat), interrupted]);
}

/** Forecasts a scenario with many seeds, and chooses the typical run. */
export async function forecastRun(
  name: string,
  input: Scenario,
  seeds: number | undefined,
  context: ForecastContext,
): Promise<ForecastRun> {
  const outcomes = await forecastEachSeed(input, seeds ?? defaultSeedCount(input.traffic), context);
  const sensitivity = await sensitivityToEach(input, outcomes.length, context);
  const scenario = { ...input, seed: input.seed + typicalOutcomeIndex(outcomes) };
  const outcome = forecast(scenario);
  return {
    name,
    scenario,
    outcome,
    outcomes,
    band: bandOverBehaviors(outcomes, sensitivity),
    sensitivity,
    cost: monthlyCost(scenario, outcome),
    remarks: remarks(scenario, outcome),
  };
}
