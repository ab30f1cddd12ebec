import { affordableSeeds } from '../src/forecast/affordable-seeds';
import { bandOver, forecastSeeds, type SeedOutcome } from '../src/forecast/band';
import { monthlyCost } from '../src/forecast/cost/monthly-cost';
import { forecast } from '../src/forecast/forecast';
import { typicalOutcome } from '../src/forecast/typical-outcome';
import type { ReportedRun } from '../src/report/report';
import { remarks } from '../src/scenario/remarks/remarks';
import type { Scenario } from '../src/scenario/scenario';
import type { Console } from './console';

/** A forecast to show, and the outcomes of all the seeds that it is typical of. */
export interface ForecastRun extends Required<Omit<ReportedRun, 'ignored' | 'speed'>> {
  readonly outcomes: readonly SeedOutcome[];
}

interface Stage {
  readonly console: Console;
  readonly interrupted: Promise<never>;
}

/** Forecasts a scenario with so many seeds, beginning with its own, and says how far it is where that takes a while. */
export function forecastEachSeed(asked: Scenario, count: number, { console, interrupted }: Stage): Promise<SeedOutcome[]> {
  const eachSeed = Array.from({ length: count }, (_, index) => asked.seed + index);
  return Promise.race([console.each('forecasting', eachSeed, (seed) => forecastSeeds({ ...asked, seed }, 1)[0]!), interrupted]);
}

/** Forecasts a scenario with many seeds, and chooses the run that is typical of them. */
export async function forecastRun(name: string, asked: Scenario, seeds: number | undefined, stage: Stage): Promise<ForecastRun> {
  const outcomes = await forecastEachSeed(asked, seeds ?? affordableSeeds(asked.traffic), stage);
  const scenario = { ...asked, seed: asked.seed + typicalOutcome(outcomes) };
  const outcome = forecast(scenario);
  return {
    name,
    scenario,
    outcome,
    outcomes,
    band: bandOver(outcomes),
    cost: monthlyCost(scenario, outcome),
    remarks: remarks(scenario, outcome),
  };
}
