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

/** Forecasts a scenario with many seeds, and chooses the run that is typical of them. */
export async function forecastRun(
  name: string,
  asked: Scenario,
  seeds: number | undefined,
  { console, interrupted }: { readonly console: Console; readonly interrupted: Promise<never> },
): Promise<ForecastRun> {
  const count = seeds ?? affordableSeeds(asked.traffic);
  const eachSeed = Array.from({ length: count }, (_, index) => asked.seed + index);
  const work = console.each('forecasting', eachSeed, (seed) => forecastSeeds({ ...asked, seed }, 1)[0]!);
  const outcomes = await Promise.race([work, interrupted]);
  const scenario = { ...asked, seed: eachSeed[typicalOutcome(outcomes)]! };
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
