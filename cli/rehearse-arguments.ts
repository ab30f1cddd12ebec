import type { Command } from 'commander';
import { InvalidInput, refuse } from '../src/plan/invalid-input';
import type { Expectations } from '../src/scenario/expectations';
import { trafficInWords } from '../src/scenario/traffic';
import { addPathOption, type PathOption, pathsGiven } from './path-option';
import { addOpenQuestionOptions, FAULT_HELP, type OpenQuestion, type OpenQuestionOptions, openQuestionOf, TRAFFIC_FILES } from './question';
import { addReportFiles, type ReportFiles, reportFilesOf } from './report-files';
import { addRuntimeOptions, type RuntimeChoice, type RuntimeOptions, runtimeChoiceOf } from './runtime-options';
import { addExpectations, addSharedOptions, expectationsOf, NO_TEMPLATE, type SharedOptions, seconds, wholeNumber } from './shared-options';
import type { TemplateChoice } from './template-source';

/** What `rehearse` was asked to do. */
export interface RehearseArguments {
  readonly command: 'rehearse';
  readonly source: TemplateChoice;
  /** Its traffic left out: chosen by what a task was measured to stand, so that the service scales out and in again. */
  readonly question: OpenQuestion;
  /** Where somebody else sends the requests: how long to let them, in seconds of the scenario. */
  readonly externalSeconds?: number;
  readonly runtime: RuntimeChoice;
  /** Left out: the search terms of the reference service, or `/`. */
  readonly paths?: readonly string[];
  readonly speed: number;
  readonly port: number;
  readonly expectations: Expectations;
  /** Where the rehearsal is drawn, its forecast over it. */
  readonly files: ReportFiles;
  /** Whether lines are printed where a screen could be drawn. */
  readonly isPlain: boolean;
  readonly json: boolean;
}

interface Options extends SharedOptions, OpenQuestionOptions, ReportFiles, RuntimeOptions, PathOption {
  readonly traffic?: string;
  readonly seed?: string;
  readonly speed: string;
  readonly port: string;
  readonly external?: boolean;
  readonly for?: string;
  readonly plain?: boolean;
}

/** At more than this, a metric period of 60 seconds passes in less than one: too few requests to measure. */
const MOST_SPEED = 60;

/** How long others may send requests where nobody says, in seconds of the scenario. */
const EXTERNAL_SECONDS = 3600;

const HELP = `
Tasks are processes of this machine, or containers of docker or podman, each held to the CPU and the memory of its task size.
What a request costs is measured first; where it cannot be, as the service fails under load, give --traffic to rehearse all the same.
Periods, cooldowns and delays pass --speed times as fast; requests, processes and sockets keep their own pace. Needs Linux or macOS.
In a terminal a screen shows what happens, and keys let faults happen: ? lists them.
${FAULT_HELP}

Examples:
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts"
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts" --runtime docker
  $ npx cdk-scalable-stateless-service rehearse --template cdk.out/Shop.template.json --command "node server.js" \\
      --path /cart --traffic "users 5 for 2m, users 60 think 100ms for 8m, users 5 for 25m" --expect-failures 0
  $ npx cdk-scalable-stateless-service rehearse --command "node server.js" --path /cart --traffic "users 20 for 10m"
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts" --fault "kill 1 at 5m" --html rehearsal.html
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts" --external --for 20m --port 8080`;

/** Adds the command `rehearse`. */
export function addRehearse(program: Command, take: (parsed: RehearseArguments) => void): void {
  const command = addSharedOptions(
    program.command('rehearse'),
    'default: what makes the service scale out and in again',
    TRAFFIC_FILES,
    NO_TEMPLATE,
  );
  addReportFiles(addExpectations(addPathOption(addRuntimeOptions(addOpenQuestionOptions(command)))))
    .description(
      'Runs the service of a template on this machine: real tasks under a CPU quota, a real load balancer, real traffic, real faults.',
    )
    .option('--external', 'send no traffic: point k6, Locust, wrk or a browser at the printed address')
    .option('--for <duration>', 'how long external traffic is waited for, on the scaling clock (default: 1h)')
    .option('--speed <factor>', `how many times faster the scaling clock runs, 1 to ${MOST_SPEED}`, '20')
    .option('--port <port>', 'where the load balancer listens, 0 for any free port', '0')
    .option('--plain', 'print lines, also where a screen could be drawn')
    .addHelpText('after', HELP)
    .action((options: Options) => take(rehearseArguments(options)));
}

function rehearseArguments(options: Options): RehearseArguments {
  refuse([
    ...(options.external === true && options.traffic !== undefined
      ? [`--traffic must be left out with --external, got '${options.traffic}': whoever sends the requests decides`]
      : []),
    ...(options.external !== true && options.for !== undefined
      ? [`--for must go with --external, got '${options.for}': traffic says itself how long it lasts`]
      : []),
  ]);
  const question = openQuestionOf(options);
  refuse(
    options.external === true && question.traffic !== undefined
      ? [
          `the traffic of --scenario must be left out with --external, got ${trafficInWords(question.traffic)}: whoever sends the requests decides`,
        ]
      : [],
  );
  return {
    command: 'rehearse',
    source: options,
    question,
    externalSeconds: options.external === true ? seconds('--for', options.for, EXTERNAL_SECONDS) : undefined,
    runtime: runtimeChoiceOf(options),
    paths: pathsGiven(options),
    speed: speedOf(options.speed),
    port: wholeNumber('--port', options.port, 0, 65_535),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
    isPlain: options.plain === true,
    json: options.json === true,
  };
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (text.trim() === '' || !(speed >= 1 && speed <= MOST_SPEED)) {
    throw new InvalidInput([`--speed must be from 1 to ${MOST_SPEED}, got '${text}'`]);
  }
  return speed;
}
