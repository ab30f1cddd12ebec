import type { Command } from 'commander';
import { compare, type NamedScenario } from '../../src/decide/compare';
import { formatDuration } from '../../src/parse/durations';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import type { ReportedRun } from '../../src/report/report';
import { planComparisonLines } from '../../src/report/text/plan-comparison-text';
import { workloadLines } from '../../src/report/text/plan-text';
import { defaultSeedCount } from '../../src/simulation/band';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import { changeErrors } from '../input/set-option';
import type { TemplateChoice } from '../input/template-source';
import type { InterruptionListener } from '../interruption';
import { collectRepeated } from '../options/repeated-option';
import {
  addScenarioOptions,
  FAULT_HELP,
  type ScenarioInput,
  type ScenarioOptions,
  scenarioInputOf,
  scenarioOf,
  TRAFFIC_FILES,
} from '../options/scenario-options';
import { addSeedsOption, addSharedOptions, type SeedsOption, type SharedOptions, seedsOf } from '../options/shared-options';
import { WORKLOAD_HELP } from '../options/workload-option-group';
import { Console } from '../output/console';
import { addReportFiles, assertWritable, type ReportFiles, reportFilesOf, writeReport } from '../output/report-files';
import { readForecastPlan } from './forecast-plan';
import { forecastRun } from './forecast-run';

/** The command `compare`: forecasts plans under the same traffic and prints them side by side. It has no expectations, so it returns no unmet ones. */
export async function compareCommand(args: CompareArguments, interruption: InterruptionListener): Promise<string[]> {
  const { interrupted } = interruption;
  const console = new Console(args.json);
  assertWritable(args.files);
  const { plan, ignored } = await readForecastPlan(args.source, console, interrupted);
  // the forecasts never wait, so that a signal could not be handled until they are done: it ends the process at once.
  interruption.restoreDefaultSignals();
  const { scenarioInput } = args;
  const scenarios = [
    { name: 'current', scenario: scenarioOf(plan, scenarioInput) },
    ...args.variants.map(({ name, changes }) => ({ name, scenario: scenarioOf(plan, scenarioInput, changes) })),
  ];
  const seeds = args.seeds ?? defaultSeedCount(scenarioInput.traffic);
  console.print(
    `Forecasting ${scenarios.length} plans over ${formatDuration(trafficSeconds(scenarioInput.traffic))} with ${seeds} seeds each …`,
  );
  const comparison = compare(scenarios, { seeds, onForecast: console.progressCounter('forecasts compared') });
  const written = await writeReportFiles(scenarios, seeds, { args, console, interrupted, title: `Plans of ${plan.service}`, ignored });
  console.printSection(`Median and 5th–95th percentile over ${seeds} seeds`, planComparisonLines(comparison));
  console.printWrappedSection('Trade-off', comparison.tradeOffs);
  console.printSection('Workload', workloadLines(scenarios[0]!.scenario));
  if (ignored.length > 0) console.printWrappedSection('Ignored', ignored);
  if (written.length > 0) console.printSection('Written', written);
  console.printResult({ ...comparison, plans: scenarios.map(({ name, scenario }) => ({ name, plan: scenario.plan })), ignored });
  return [];
}

interface ReportContext {
  readonly args: CompareArguments;
  readonly console: Console;
  readonly interrupted: Promise<never>;
  readonly title: string;
  readonly ignored: readonly string[];
}

/** Writes the report files, with the typical run of each plan, which is forecast again: a comparison keeps the numbers of runs only. */
async function writeReportFiles(
  scenarios: readonly NamedScenario[],
  seeds: number,
  { args, title, ignored, ...context }: ReportContext,
): Promise<string[]> {
  if (!hasReportFile(args.files)) return [];
  const runs: ReportedRun[] = [];
  for (const { name, scenario } of scenarios) runs.push(await forecastRun(name, scenario, seeds, context));
  const [first, ...others] = runs;
  return writeReport(args.files, { title, runs: [{ ...first!, ignored }, ...others] });
}

function hasReportFile(files: ReportFiles): boolean {
  return Object.values(files).some((file) => file !== undefined);
}

/** A plan of `--plan`: the current plan with further changes, in the syntax of `--set`. */
export interface Variant {
  readonly name: string;
  readonly changes: readonly string[];
}

/** The arguments of `compare`. */
export interface CompareArguments {
  readonly command: 'compare';
  readonly source: TemplateChoice;
  readonly scenarioInput: ScenarioInput;
  readonly variants: readonly Variant[];
  readonly seeds?: number;
  readonly files: ReportFiles;
  readonly json: boolean;
}

/** The options as commander parses them. */
type Options = SharedOptions & ScenarioOptions & SeedsOption & ReportFiles & { readonly plan?: readonly string[] };

const PLAN_EXAMPLE = "'three tasks: minCapacity=3'";

const HELP = `
The first plan is the plan of the template with the changes of --set. It is named current. Each --plan is the current plan with further changes.
${WORKLOAD_HELP}
${FAULT_HELP}

Examples:
  $ npx ecs-rehearsal compare --traffic "users 30 for 10m, users 120 for 30m" --plan "CPU 50: targetCpuUtilizationPercent=50"
  $ npx ecs-rehearsal compare --traffic "rps 500 for 1h" --fault "stop 2 at 20m" --html trade-off.html \\
      --plan "one big: cpu=1024, memoryLimitMiB=2048, minCapacity=1" --plan "three small: minCapacity=3"`;

/** Adds the command `compare`. */
export function addCompare(program: Command, onParsed: (parsed: CompareArguments) => void): void {
  const command = addSharedOptions(program.command('compare'), 'required, here or in --scenario', TRAFFIC_FILES);
  addReportFiles(addSeedsOption(addScenarioOptions(command)))
    .description('Forecast two or more plans under the same traffic, side by side: reliability against cost.')
    .option('--plan <changes>', `another plan as a name and changes, such as ${PLAN_EXAMPLE}; repeatable`, collectRepeated)
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(compareArguments(options)));
}

function compareArguments(options: Options): CompareArguments {
  if (options.plan === undefined) throw new InputError([`no plan to compare with: add --plan ${PLAN_EXAMPLE}`]);
  return {
    command: 'compare',
    source: options,
    scenarioInput: scenarioInputOf(options),
    variants: variantsOf(options.plan),
    seeds: seedsOf(options),
    files: reportFilesOf(options),
    json: options.json === true,
  };
}

function variantsOf(texts: readonly string[]): Variant[] {
  const matches = texts.map((text) => /^\s*([^:]*?)\s*:\s*(.+)$/.exec(text));
  throwIfAny(
    matches.flatMap((match, index) =>
      match === null || match[1] === '' ? [`--plan must be '<name>: <change>, …', such as ${PLAN_EXAMPLE}, got '${texts[index]}'`] : [],
    ),
  );
  const variants = matches.map((match) => ({ name: match![1]!, changes: match![2]!.split(',').filter((change) => change.trim() !== '') }));
  throwIfAny(variants.flatMap(({ name, changes }) => changeErrors(changes).map((error) => `--plan ${name}: ${error}`)));
  return variants;
}
