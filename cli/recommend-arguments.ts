import type { Command } from 'commander';
import type { Objective } from '../src/forecast/recommend/objective';
import { InvalidInput } from '../src/plan/invalid-input';
import { addQuestionOptions, again, type Question, type QuestionOptions, questionOf, TRAFFIC_FILES } from './question';
import { addSharedOptions, type SharedOptions, seconds, wholeNumber } from './shared-options';
import type { TemplateChoice } from './template-source';
import { WORKLOAD_HELP } from './workload-options';

/** What `recommend` was asked to do. */
export interface RecommendArguments {
  readonly command: 'recommend';
  readonly source: TemplateChoice;
  readonly question: Question;
  readonly objective: Objective;
  readonly cpus?: readonly number[];
  readonly json: boolean;
}

type Options = SharedOptions &
  QuestionOptions & {
    readonly p95?: string;
    readonly failures?: string;
    readonly tasksLost?: string;
    readonly zoneLost?: boolean;
    readonly cpu?: readonly string[];
  };

const HELP = `
${WORKLOAD_HELP}

Examples:
  $ npx cdk-scalable-stateless-service recommend --traffic "users 30 for 10m, users 120 for 30m" --p95 100ms --tasks-lost 1
  $ npx cdk-scalable-stateless-service recommend --scenario black-friday.json --failures 0.1% --zone-lost --cpu 256 --cpu 512`;

/** Adds the command `recommend`. */
export function addRecommend(program: Command, take: (parsed: RecommendArguments) => void): void {
  const command = addSharedOptions(program.command('recommend'), 'required, here or in --scenario', TRAFFIC_FILES);
  addQuestionOptions(command)
    .description('Looks for the cheapest targets, minimum, cooldowns and task size that meet an objective, and prints the props to paste.')
    .option('--p95 <duration>', '95 of 100 answers must be quicker (default: any latency will do)')
    .option('--failures <percent>', 'the share of requests that may fail, such as 0.1% (default: none)')
    .option('--tasks-lost <count>', 'so many tasks may be lost at any moment, and the others must do (default: 0)')
    .option('--zone-lost', 'a whole zone may be lost at any moment, and the others must do')
    .option('--cpu <units>', 'a size that may be recommended; may be given again (default: all of Fargate up to 4096)', again)
    .addHelpText('after', HELP)
    .action((options: Options) => take(recommendArguments(options)));
}

function recommendArguments(options: Options): RecommendArguments {
  return {
    command: 'recommend',
    source: options,
    question: questionOf(options),
    objective: {
      p95Millis: options.p95 === undefined ? undefined : 1000 * seconds('--p95', options.p95, 0),
      failedShare: options.failures === undefined ? 0 : shareOf(options.failures),
      tasksLost: options.tasksLost === undefined ? 0 : wholeNumber('--tasks-lost', options.tasksLost, 0),
      survivesZoneLoss: options.zoneLost === true,
    },
    cpus: options.cpu?.map((text) => wholeNumber('--cpu', text, 1)),
    json: options.json === true,
  };
}

function shareOf(text: string): number {
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(text.trim())?.[1];
  if (percent !== undefined && Number(percent) <= 100) return Number(percent) / 100;
  throw new InvalidInput([`--failures must be a share from 0% to 100%, got '${text}'`]);
}
