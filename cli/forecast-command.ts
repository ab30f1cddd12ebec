import { affordableSeeds } from '../src/forecast/affordable-seeds';
import { type Band, bandOver, type ForecastBand, forecastSeeds } from '../src/forecast/band';
import { forecast } from '../src/forecast/forecast';
import { activityLines } from '../src/report/text/activities';
import { planLines, workloadLine } from '../src/report/text/plan';
import { timelineLines } from '../src/report/text/timeline';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { clockTime, durationInWords } from '../src/scenario/duration';
import { unmetExpectations } from '../src/scenario/expectations';
import type { Outcome } from '../src/scenario/outcome';
import { remarks } from '../src/scenario/remarks';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../src/scenario/workload';
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
  print(console, scenario, outcome, band, ignored);
  console.result({ plan, workload: args.workload, outcome, band, ignored });
  return unmetExpectations(args.expectations, outcomes);
}

function print(console: Console, scenario: Scenario, outcome: Outcome, band: ForecastBand, ignored: readonly string[]): void {
  console.section('Plan', [...planLines(scenario.plan), `${workloadLine(scenario.workload)}${originOf(scenario.workload)}`]);
  if (ignored.length > 0) console.section('Ignored', ignored);
  console.section(`Timeline (seed ${scenario.seed})`, timelineLines(outcome.timeline));
  console.section('Scaling activities', activityLines(outcome));
  console.section(`Over ${band.seeds} seeds`, bandLines(band));
  const remarked = remarks(scenario, outcome);
  if (remarked.length > 0) console.section('Remarks', remarked);
}

function originOf(workload: Workload): string {
  const isDefault = workload.cpuSecondsPerRequest === MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;
  return isDefault ? '\n            (a measured search service, not yours: rehearse measures yours, --cpu-per-request takes it)' : '';
}

function bandLines(band: ForecastBand): string[] {
  return [
    `first scale-out  ${inWords(band.firstScaleOutSeconds, clockTime)}`,
    `first scale-in   ${inWords(band.firstScaleInSeconds, clockTime)}`,
    `most tasks       ${inWords(band.maxTasks, String)}`,
    `failed requests  ${inWords(band.failedRequests, (count) => String(Math.round(count)))}`,
  ];
}

function inWords(band: Band | undefined, say: (value: number) => string): string {
  if (band === undefined) return 'never';
  return band.low === band.high ? say(band.median) : `${say(band.median)}, in 90 of 100 from ${say(band.low)} to ${say(band.high)}`;
}
