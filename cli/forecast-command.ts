import { affordableSeeds } from '../src/forecast/affordable-seeds';
import { bandOver, forecastSeeds } from '../src/forecast/band';
import { forecast } from '../src/forecast/forecast';
import type { ReportedRun } from '../src/report/report';
import { sectionsOf } from '../src/report/text/text';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { durationInWords } from '../src/scenario/duration';
import { unmetExpectations } from '../src/scenario/expectations';
import { remarks } from '../src/scenario/remarks/remarks';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../src/scenario/workload';
import { Console } from './console';
import type { ForecastArguments } from './forecast-arguments';
import { readPlanSource } from './template-source';

/** Forecasts, prints, and returns one sentence for each expectation that does not hold. */
export async function forecastCommand(args: ForecastArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  if (args.source.template === undefined) console.say('Synthesizing the app …');
  const { plan, ignored, remove } = await console.during('synthesizing', readPlanSource(args.source, interrupted));
  remove();
  const scenario: Scenario = { plan, workload: args.workload, traffic: args.traffic, behavior: AWS_BEHAVIOR, seed: args.seed };
  const seeds = args.seeds ?? affordableSeeds(scenario.traffic);
  console.say(`Forecasting ${durationInWords(trafficSeconds(scenario.traffic))} with ${seeds} seeds …`);
  const outcome = forecast(scenario);
  const outcomes = forecastSeeds(scenario, seeds);
  const band = bandOver(outcomes);
  print(console, { name: 'forecast', scenario, outcome, band, remarks: remarks(scenario, outcome), ignored });
  console.result({ plan, workload: args.workload, outcome, band, ignored });
  return unmetExpectations(args.expectations, outcomes);
}

function print(console: Console, run: ReportedRun): void {
  for (const { heading, lines } of sectionsOf(run)) console.section(heading, lines);
  const isDefault = run.scenario.workload.cpuSecondsPerRequest === MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;
  if (isDefault)
    console.section('Workload', ['of a measured search service, not of yours: rehearse measures yours, --cpu-per-request takes it']);
}
