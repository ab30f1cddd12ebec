import type { Command } from 'commander';
import type { Objective } from '../../src/decide/objective';
import { recommend } from '../../src/decide/recommend';
import { formatDuration } from '../../src/parse/durations';
import { InputError } from '../../src/parse/input-error';
import { recommendationLines } from '../../src/report/text/plan-comparison-text';
import { workloadLines } from '../../src/report/text/plan-text';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
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
import { addSharedOptions, parseLatencyLimit, parseWholeNumber, type SharedOptions } from '../options/shared-options';
import { WORKLOAD_HELP } from '../options/workload-option-group';
import { Console } from '../output/console';
import { readForecastPlan } from './forecast-plan';

/** The command `recommend`: finds a policy, prints it, and returns a message if none meets the objective, else an empty list. */
export async function recommendCommand(args: RecommendArguments, interruption: InterruptionListener): Promise<string[]> {
  const { interrupted } = interruption;
  const console = new Console(args.json);
  const { plan, ignored } = await readForecastPlan(args.source, console, interrupted);
  interruption.restoreDefaultSignals();
  const scenario = scenarioOf(plan, args.scenarioInput);
  console.print(`Searching the cheapest policy over ${formatDuration(trafficSeconds(scenario.traffic))} …`);
  const recommendation = recommend(scenario, args.objective, {
    cpus: args.cpus,
    onForecast: console.progressCounter('searching, forecasts'),
  });
  const { isMet, summary, props, frontier, effort } = recommendation;
  console.printWrappedSection('Recommendation', [summary]);
  if (props !== '') console.printSection('Props of the construct', props.split('\n'));
  if (frontier.length > 0) console.printSection('Cheaper or safer alternatives', recommendationLines(frontier));
  console.printSection('Workload', workloadLines(scenario));
  console.print(`\n${effort.candidates} policies tested with ${effort.forecasts} forecasts`);
  if (ignored.length > 0) console.printWrappedSection('Ignored', ignored);
  console.printResult({ ...recommendation, ignored });
  return isMet ? [] : [summary];
}

/** The arguments of `recommend`. */
export interface RecommendArguments {
  readonly command: 'recommend';
  readonly source: TemplateChoice;
  readonly scenarioInput: ScenarioInput;
  readonly objective: Objective;
  readonly cpus?: readonly number[];
  readonly json: boolean;
}

type Options = SharedOptions &
  ScenarioOptions & {
    readonly p95?: string;
    readonly p99?: string;
    readonly failures?: string;
    readonly tasksLost?: string;
    readonly zoneLost?: boolean;
    readonly cpu?: readonly string[];
  };

const HELP = `
${WORKLOAD_HELP}
${FAULT_HELP}

Examples:
  $ npx ecs-rehearsal recommend --traffic "users 30 for 10m, users 120 for 30m" --p95 100ms --tasks-lost 1
  $ npx ecs-rehearsal recommend --scenario black-friday.json --failures 0.1% --zone-lost --cpu 256 --cpu 512`;

/** Adds the command `recommend`. */
export function addRecommend(program: Command, onParsed: (parsed: RecommendArguments) => void): void {
  const command = addSharedOptions(program.command('recommend'), 'required, here or in --scenario', TRAFFIC_FILES);
  addScenarioOptions(command)
    .description('Find the cheapest targets, minimum capacity, cooldowns and task size that meet an objective, and print them as props.')
    .option('--p95 <duration>', '95 % of responses must be faster (default: no limit)')
    .option('--p99 <duration>', '99 % of responses must be faster (default: no limit)')
    .option('--failures <percent>', 'the percentage of requests that may fail, such as 0.1% (default: 0%)')
    .option('--tasks-lost <count>', 'also meet the objective while this many tasks are lost; users then wait longer (default: 0)')
    .option('--zone-lost', 'also meet the objective while one Availability Zone is lost')
    .option('--cpu <units>', 'CPU units that may be recommended; repeatable (default: all Fargate sizes up to 4096)', collectRepeated)
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(recommendArguments(options)));
}

function recommendArguments(options: Options): RecommendArguments {
  return {
    command: 'recommend',
    source: options,
    scenarioInput: scenarioInputOf(options),
    objective: {
      p95Millis: parseLatencyLimit('--p95', options.p95),
      p99Millis: parseLatencyLimit('--p99', options.p99),
      failedShare: options.failures === undefined ? 0 : failedShareOf(options.failures),
      tasksLost: options.tasksLost === undefined ? 0 : parseWholeNumber('--tasks-lost', options.tasksLost, 0),
      zoneLost: options.zoneLost === true,
    },
    cpus: options.cpu?.map((text) => parseWholeNumber('--cpu', text, 1)),
    json: options.json === true,
  };
}

function failedShareOf(text: string): number {
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(text.trim())?.[1];
  if (percent !== undefined && Number(percent) <= 100) return Number(percent) / 100;
  throw new InputError([`--failures must be from 0% to 100%, got '${text}'`]);
}
