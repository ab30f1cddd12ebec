import type { Command } from 'commander';
import { pathsGiven } from './path-option';
import { wholeNumber } from './shared-options';
import { addTaskOptions, type TaskOptions, taskChoiceOf } from './task-options';
import type { TaskChoice } from './task-source';

/** What `measure` was asked to do. */
export interface MeasureArguments {
  readonly command: 'measure';
  readonly task: TaskChoice;
  /** Left out: the search terms of the reference service, or `/`. */
  readonly paths?: readonly string[];
  /** How long the task is watched at each load, on the wall clock. */
  readonly secondsPerLoad: number;
  readonly json: boolean;
}

interface Options extends TaskOptions {
  readonly seconds: string;
}

const MOST_SECONDS = 60;

const HELP = `
One task runs on this machine, a process or a container, held to the CPU of its task size, for about half a minute, or up to three where a request
takes seconds. What it needs for a request is what it needs on this machine: a core of AWS may be slower or faster. Needs Linux or macOS.

Examples:
  $ npx cdk-scalable-stateless-service measure --app "npx tsx app.ts"
  $ npx cdk-scalable-stateless-service measure --command "node server.js" --path /cart --path /checkout --set cpu=512
  $ npx cdk-scalable-stateless-service measure --template cdk.out/Shop.template.json --json > workload.json`;

/** Adds the command `measure`. */
export function addMeasure(program: Command, take: (parsed: MeasureArguments) => void): void {
  addTaskOptions(program.command('measure'))
    .description('Runs one task under rising load and prints what a request costs it, ready for a forecast and as props.')
    .option('--seconds <count>', `how long it is watched at each of six loads, 1 to ${MOST_SECONDS}: longer is more exact`, '3')
    .addHelpText('after', HELP)
    .action((options: Options) => take(measureArguments(options)));
}

function measureArguments(options: Options): MeasureArguments {
  return {
    command: 'measure',
    task: taskChoiceOf(options),
    paths: pathsGiven(options),
    secondsPerLoad: wholeNumber('--seconds', options.seconds, 1, MOST_SECONDS),
    json: options.json === true,
  };
}
