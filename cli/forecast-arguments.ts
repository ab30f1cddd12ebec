import type { Command } from 'commander';
import type { Expectations } from '../src/scenario/expectations';
import { addQuestionOptions, FAULT_HELP, type Question, type QuestionOptions, questionOf, TRAFFIC_FILES } from './question';
import { addReportFiles, type ReportFiles, reportFilesOf } from './report-files';
import { addSeeds, type SeedsOption, seedsOf } from './seeds-option';
import { addExpectations, addSharedOptions, expectationsOf, type SharedOptions } from './shared-options';
import type { TemplateChoice } from './template-source';
import { WORKLOAD_HELP } from './workload-options';

/** What `forecast` was asked to do. */
export interface ForecastArguments {
  readonly command: 'forecast';
  readonly source: TemplateChoice;
  readonly question: Question;
  /** Left out: a hundred, or fewer for long traffic. */
  readonly seeds?: number;
  readonly expectations: Expectations;
  readonly files: ReportFiles;
  /** Whether each step of scaling is explained. */
  readonly isExplained: boolean;
  readonly json: boolean;
}

type Options = SharedOptions & QuestionOptions & SeedsOption & ReportFiles & { readonly explain?: boolean };

const HELP = `
${WORKLOAD_HELP}
${FAULT_HELP}

Examples:
  $ npx cdk-scalable-stateless-service forecast --traffic "users 120 for 30m"
  $ npx cdk-scalable-stateless-service forecast --template cdk.out/Shop.template.json --traffic "rps 50..400 for 20m" \\
      --cpu-per-request 2ms --base-latency 5ms --expect-max-tasks 2..4 --expect-failures 0
  $ npx cdk-scalable-stateless-service forecast --traffic k6-options.json --think 1s --fault "stop 1 at 10m" --html forecast.html
  $ npx cdk-scalable-stateless-service forecast --scenario black-friday.json --set minCapacity=4 --svg forecast.svg`;

/** Adds the command `forecast`. */
export function addForecast(program: Command, take: (parsed: ForecastArguments) => void): void {
  const command = addSharedOptions(program.command('forecast'), 'required, here or in --scenario', TRAFFIC_FILES);
  addReportFiles(addExpectations(addSeeds(addQuestionOptions(command))))
    .description('Simulates the scaling policy of a template under traffic: how many tasks, when, why, at what latency and cost.')
    .option('--explain', 'say of each step of scaling why it came when it did and was as large')
    .addHelpText('after', HELP)
    .action((options: Options) => take(forecastArguments(options)));
}

function forecastArguments(options: Options): ForecastArguments {
  return {
    command: 'forecast',
    source: options,
    question: questionOf(options),
    seeds: seedsOf(options),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
    isExplained: options.explain === true,
    json: options.json === true,
  };
}
