import type { Command } from 'commander';
import { explain } from '../../src/advice/remarks';
import { formatDuration } from '../../src/parse/durations';
import { runAsJson } from '../../src/report/export-formats';
import type { ReportedRun } from '../../src/report/report';
import { sectionsOf } from '../../src/report/text/report-text';
import { type Expectations, unmetExpectations } from '../../src/run/expectations';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import type { TemplateChoice } from '../input/template-source';
import {
  addScenarioOptions,
  FAULT_HELP,
  type ScenarioInput,
  type ScenarioOptions,
  scenarioInputOf,
  scenarioOf,
  TRAFFIC_FILES,
} from '../options/scenario-options';
import {
  addExpectationOptions,
  addSeedsOption,
  addSharedOptions,
  expectationsOf,
  type SeedsOption,
  type SharedOptions,
  seedsOf,
} from '../options/shared-options';
import { WORKLOAD_HELP } from '../options/workload-option-group';
import { Console } from '../output/console';
import { addReportFiles, assertWritable, type ReportFiles, reportFilesOf, writeReport } from '../output/report-files';
import { readForecastPlan } from './forecast-plan';
import { forecastRun } from './forecast-run';

/** The command `forecast`: forecasts, prints, and returns a message for each expectation that is not met; empty if all are. */
export async function forecastCommand(args: ForecastArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  assertWritable(args.files);
  const { plan, ignored, props } = await readForecastPlan(args.source, console, interrupted);
  const scenario = scenarioOf(plan, args.scenarioInput);
  console.print(`Forecasting ${formatDuration(trafficSeconds(scenario.traffic))} …`);
  const { outcomes, ...typical } = await forecastRun('forecast', scenario, args.seeds, { console, interrupted });
  const run: ReportedRun = { ...typical, ignored };
  const written = writeReport(args.files, { title: `Forecast of ${plan.service}`, runs: [run] });
  printRun(console, run);
  if (args.isExplained) console.printWrappedSection('Why it scaled', explain(run.scenario, run.outcome).activities);
  if (props !== undefined) console.printSection('Props of the construct', props.split('\n'));
  if (written.length > 0) console.printSection('Written', written);
  console.printResult({ ...runAsJson(run), ...(props !== undefined && { props }) });
  return unmetExpectations(args.expectations, outcomes);
}

function printRun(console: Console, run: ReportedRun): void {
  for (const { heading, lines, isTable = false } of sectionsOf(run)) {
    if (isTable) console.printSection(heading, lines);
    else console.printWrappedSection(heading, lines);
  }
  if (run.scenario.workloadDefaults?.includes('cpuSecondsPerRequest') === true)
    console.printWrappedSection('Workload', [
      'this forecast is for the bundled reference search service: run measure for your service, and pass its result as --cpu-per-request',
    ]);
}

/** The arguments of `forecast`. */
export interface ForecastArguments {
  readonly command: 'forecast';
  readonly source: TemplateChoice;
  readonly scenarioInput: ScenarioInput;
  /** Default: 100, fewer for long traffic. */
  readonly seeds?: number;
  readonly expectations: Expectations;
  readonly files: ReportFiles;
  /** Whether the cause and size of each scaling activity are explained. */
  readonly isExplained: boolean;
  readonly json: boolean;
}

type Options = SharedOptions & ScenarioOptions & SeedsOption & ReportFiles & { readonly explain?: boolean };

const HELP = `
${WORKLOAD_HELP}
${FAULT_HELP}

Examples:
  $ npx ecs-rehearsal forecast --traffic "users 120 for 30m"
  $ npx ecs-rehearsal forecast --template cdk.out/Shop.template.json --traffic "rps 50..400 for 20m" \\
      --cpu-per-request 2ms --base-latency 5ms --expect-max-tasks 2..4 --expect-failures 0
  $ npx ecs-rehearsal forecast --traffic k6-options.json --think 1s --fault "stop 1 at 10m" --html forecast.html
  $ npx ecs-rehearsal forecast --scenario black-friday.json --set minCapacity=4 --svg forecast.svg`;

/** Adds the command `forecast`. */
export function addForecast(program: Command, onParsed: (parsed: ForecastArguments) => void): void {
  const command = addSharedOptions(program.command('forecast'), 'required, here or in --scenario', TRAFFIC_FILES);
  addReportFiles(addExpectationOptions(addSeedsOption(addScenarioOptions(command))))
    .description(
      'Simulate the scaling policies of a template under traffic: number of tasks, scaling activities with their causes, latency, cost.',
    )
    .option('--explain', 'explain the time and the size of each scaling activity')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(forecastArguments(options)));
}

function forecastArguments(options: Options): ForecastArguments {
  return {
    command: 'forecast',
    source: options,
    scenarioInput: scenarioInputOf(options),
    seeds: seedsOf(options),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
    isExplained: options.explain === true,
    json: options.json === true,
  };
}
