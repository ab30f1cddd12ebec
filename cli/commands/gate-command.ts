import type { Command } from 'commander';
import { type Comparison, compare } from '../../src/decide/compare';
import type { UpdateReport } from '../../src/lint/lint-update';
import { formatDuration } from '../../src/parse/durations';
import { InputError } from '../../src/parse/input-error';
import { type PlanDifference, planDifferences } from '../../src/plan/plan-differences';
import { planComparisonLines } from '../../src/report/text/plan-comparison-text';
import { type Expectations, unmetExpectations } from '../../src/run/expectations';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import { type BaseChoice, type ChangedPlans, type PlanWithTemplate, readChangedPlans } from '../input/changed-plans';
import type { TemplateChoice } from '../input/template-source';
import type { InterruptionListener } from '../interruption';
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
import { gateComment } from '../output/gate-comment';
import { updateLines } from '../output/lint-text';
import { addReportFiles, assertWritable, type ReportFiles, reportFilesOf, writeReport, writeTextFile } from '../output/report-files';
import { checkUpdate } from './changed-update';
import { type ForecastRun, forecastRun } from './forecast-run';

/** What the changed plan is named beside its base. */
const CHANGED = 'this change';

/** The command `gate`: forecasts a change beside its base, writes what changes, and returns a message for whatever must not be merged. */
export async function gateCommand(args: GateArguments, interruption: InterruptionListener): Promise<string[]> {
  const { interrupted } = interruption;
  const console = new Console(args.json);
  assertWritable(args.files, { comment: args.comment });
  const plans = await console.withProgress('synthesizing both states', readChangedPlans(args.source, args.base, interrupted));
  const scenario = scenarioOf(plans.changed.plan, args.scenarioInput);
  console.print(`Forecasting ${formatDuration(trafficSeconds(scenario.traffic))} …`);
  const run = await forecastRun(CHANGED, scenario, args.seeds, { console, interrupted });
  // what compares never waits, so that a signal could not be handled until it is done: it ends the process at once.
  interruption.restoreDefaultSignals();
  const change = await compareWithBase(plans, run, { args, console, interrupted });
  const unmet = [...unmetExpectations(args.expectations, run.outcomes), ...updateErrors(change)];
  const { baseRun, ...facts } = change;
  const report = { run, ...facts, ignored: plans.changed.ignored, unmet };
  const runs = baseRun === undefined ? ([run] as const) : ([baseRun, run] as const);
  const written = writeReport(args.files, { title: `Forecast of ${plans.changed.plan.service}`, runs: [...runs] as [ForecastRun] });
  if (args.comment !== undefined) written.push(writeTextFile('--comment', args.comment, gateComment(report)));
  print(console, facts, written);
  console.printResult({ ...facts, expectations: args.expectations, unmet });
  return unmet;
}

/** What a change does, beside the state that it is merged into. */
export interface Change {
  /** The name of the base, such as `origin/main (1a2b3c4)`. */
  readonly base: string;
  /** Why there is nothing to compare with. */
  readonly missing?: string;
  readonly comparison?: Comparison;
  readonly settings: readonly PlanDifference[];
  readonly update?: UpdateReport;
  /** What of the update is not checked. */
  readonly unchecked: readonly string[];
}

interface GateContext {
  readonly args: GateArguments;
  readonly console: Console;
  readonly interrupted: Promise<never>;
}

async function compareWithBase(
  { base, changed }: ChangedPlans,
  run: ForecastRun,
  { args, ...context }: GateContext,
): Promise<Change & { readonly baseRun?: ForecastRun }> {
  if (base.source === undefined) return { base: base.name, missing: base.missing, settings: [], unchecked: [] };
  const checked = checkUpdate({ name: base.name, source: base.source }, changed);
  const baseRun = await forecastOfBase(base.name, base.source, { args, ...context }, run.outcomes.length);
  if ('missing' in baseRun) return { base: base.name, missing: baseRun.missing, settings: [], ...checked };
  const scenarios = [
    { name: base.name, scenario: scenarioOf(base.source.plan, args.scenarioInput) },
    { name: CHANGED, scenario: scenarioOf(changed.plan, args.scenarioInput) },
  ];
  return {
    base: base.name,
    baseRun,
    comparison: compare(scenarios, { seeds: run.outcomes.length }),
    settings: planDifferences(base.source.plan, changed.plan),
    ...checked,
  };
}

/** The forecast of the base; a scenario may be one of the change alone, such as one with a policy that the change adds. */
async function forecastOfBase(
  name: string,
  { plan }: PlanWithTemplate,
  { args, ...context }: GateContext,
  seeds: number,
): Promise<ForecastRun | { readonly missing: string }> {
  try {
    return await forecastRun(name, scenarioOf(plan, args.scenarioInput), seeds, context);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { missing: error.errors.join('\n') };
  }
}

function updateErrors({ update }: Change): string[] {
  const errors = update?.findings.filter(({ severity }) => severity === 'error') ?? [];
  return errors.map(({ check, resource, reason }) => `the update must be safe, got ${check} of ${resource}: ${reason}`);
}

function print(console: Console, { base, missing, comparison, settings, update, unchecked }: Change, written: readonly string[]): void {
  if (missing !== undefined) console.printWrappedSection(`Nothing to compare with in ${base}`, [missing]);
  if (comparison !== undefined) {
    console.printSection(`Median and 5th–95th percentile over ${comparison.seeds} seeds`, planComparisonLines(comparison));
    console.printWrappedSection('What changes', comparison.tradeOffs);
  }
  const changes = settings.map(({ setting, before = 'none', after = 'none' }) => `${setting}: ${before} → ${after}`);
  if (comparison !== undefined) console.printSection('Settings', changes.length === 0 ? ['no setting of scaling changes'] : changes);
  const lines = [...(update === undefined ? [] : updateLines(update)), ...unchecked];
  if (lines.length > 0) console.printSection('Update', lines);
  if (written.length > 0) console.printSection('Written', written);
}

/** The arguments of `gate`. */
export interface GateArguments {
  readonly command: 'gate';
  readonly source: TemplateChoice;
  readonly base: BaseChoice;
  readonly scenarioInput: ScenarioInput;
  readonly seeds?: number;
  readonly expectations: Expectations;
  readonly files: ReportFiles;
  readonly comment?: string;
  readonly json: boolean;
}

type Options = SharedOptions & ScenarioOptions & SeedsOption & ReportFiles & BaseChoice & { readonly comment?: string };

const HELP = `
The app is synthesized twice: as it is here, and as of the commit of the base from which it branched off. --scenario and --traffic are those of here.
The exit code is 1 if an expectation is not met by this change, or if its update from the base would fail or stop serving, as lint finds it.
If the base has no service yet, or cannot be synthesized, the forecast is of this change alone.
${WORKLOAD_HELP}
${FAULT_HELP}

Examples:
  $ npx ecs-rehearsal gate --base origin/main --traffic "rps 100..500 for 20m" --expect-failures 0
  $ npx ecs-rehearsal gate --base origin/main --scenario evening.json --expect-p95 200ms --svg forecast.svg --comment comment.md
  $ npx ecs-rehearsal gate --base-template deployed.json --template cdk.out/Shop.template.json --scenario evening.json`;

/** Adds the command `gate`. */
export function addGate(program: Command, onParsed: (parsed: GateArguments) => void): void {
  const command = addSharedOptions(program.command('gate'), 'required, here or in --scenario', TRAFFIC_FILES);
  addReportFiles(addExpectationOptions(addSeedsOption(addScenarioOptions(command))))
    .description('Forecast a change of the app beside the state that it is merged into, as a check of a pull request.')
    .option('--base <commit>', 'the branch or commit to merge into, such as origin/main')
    .option('--base-template <file>', 'the template to compare with, such as that of the deployed stack, instead of --base')
    .option('--install <command>', 'installs the packages of the base where its lock file differs (default: that of npm, Yarn or pnpm)')
    .option('--comment <file>', 'write what changes as Markdown, for a comment on the pull request')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(gateArguments(options)));
}

function gateArguments(options: Options): GateArguments {
  const { base, baseTemplate, install } = options;
  if ((base === undefined) === (baseTemplate === undefined)) {
    const got = base === undefined ? 'none' : 'both';
    throw new InputError([`either --base or --base-template must be given, got ${got}: try --base origin/main`]);
  }
  if (install !== undefined && base === undefined)
    throw new InputError(['--install must go with --base, got --base-template: leave it out']);
  return {
    command: 'gate',
    source: options,
    base: { base, baseTemplate, install },
    scenarioInput: scenarioInputOf(options),
    seeds: seedsOf(options),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
    comment: options.comment,
    json: options.json === true,
  };
}
