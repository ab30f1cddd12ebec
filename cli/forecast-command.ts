import { runAsJson } from '../src/report/json';
import type { ReportedRun } from '../src/report/report';
import { sectionsOf } from '../src/report/text/text';
import { durationInWords } from '../src/scenario/duration';
import { unmetExpectations } from '../src/scenario/expectations';
import { explain } from '../src/scenario/explain';
import { trafficSeconds } from '../src/scenario/traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../src/scenario/workload';
import { Console } from './console';
import type { ForecastArguments } from './forecast-arguments';
import { forecastRun } from './forecast-run';
import { scenarioOf } from './question';
import { refuseUnwritable, writeReport } from './report-files';
import { readPlanSource } from './template-source';

/** Forecasts, prints, and returns one sentence for each expectation that does not hold. */
export async function forecastCommand(args: ForecastArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  refuseUnwritable(args.files);
  if (args.source.template === undefined) console.say('Synthesizing the app …');
  const { plan, ignored, remove } = await console.during('synthesizing', readPlanSource(args.source, interrupted));
  remove();
  const asked = scenarioOf(plan, args.question);
  console.say(`Forecasting ${durationInWords(trafficSeconds(asked.traffic))} …`);
  const { outcomes, ...forecasted } = await forecastRun('forecast', asked, args.seeds, { console, interrupted });
  const run: ReportedRun = { ...forecasted, ignored };
  const written = writeReport(args.files, { title: `Forecast of ${plan.service}`, runs: [run] });
  print(console, run);
  if (args.isExplained) console.prose('Why it scaled', explain(run.scenario, run.outcome).activities);
  if (written.length > 0) console.section('Written', written);
  console.result(runAsJson(run));
  return unmetExpectations(args.expectations, outcomes);
}

function print(console: Console, run: ReportedRun): void {
  for (const { heading, lines, isTable = false } of sectionsOf(run)) {
    if (isTable) console.section(heading, lines);
    else console.prose(heading, lines);
  }
  const isDefault = run.scenario.workload.cpuSecondsPerRequest === MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;
  if (isDefault)
    console.prose('Workload', ['of a measured search service, not of yours: measure finds that of yours, --cpu-per-request takes it']);
}
