import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import type { Expectations } from '../src/scenario/expectations';
import { parseTraffic } from '../src/scenario/parse-traffic';
import type { Traffic } from '../src/scenario/traffic';
import { again } from './question';
import { addReportFiles, type ReportFiles, reportFilesOf } from './report-files';
import { addExpectations, addSharedOptions, expectationsOf, type SharedOptions, wholeNumber } from './shared-options';
import { pathsGiven } from './task-options';
import type { TemplateChoice } from './template-source';

/** What `rehearse` was asked to do. */
export interface RehearseArguments {
  readonly command: 'rehearse';
  readonly source: TemplateChoice;
  /** Left out: chosen by what a task was measured to stand, so that the service scales out and in again. */
  readonly traffic?: Traffic;
  readonly taskCommand?: string;
  /** Left out: the search terms of the reference service, or `/`. */
  readonly paths?: readonly string[];
  readonly speed: number;
  readonly port: number;
  readonly seed: number;
  readonly expectations: Expectations;
  /** Where the rehearsal is drawn, its forecast over it. */
  readonly files: ReportFiles;
  readonly json: boolean;
}

interface Options extends SharedOptions, ReportFiles {
  readonly command?: string;
  readonly path?: readonly string[];
  readonly speed: string;
  readonly port: string;
}

/** At more than this, a metric period of 60 seconds passes in less than one: too few requests to measure. */
const MOST_SPEED = 60;

const HELP = `
Tasks are processes on this machine, each held to the CPU of its task size. Periods, cooldowns and delays pass
--speed times as fast; requests, processes and sockets keep their own pace. Needs Linux or macOS.

Examples:
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts"
  $ npx cdk-scalable-stateless-service rehearse --template cdk.out/Shop.template.json --command "node server.js" \\
      --path /cart --traffic "users 5 for 2m, users 60 think 100ms for 8m, users 5 for 25m" --expect-failures 0`;

/** Adds the command `rehearse`. */
export function addRehearse(program: Command, take: (parsed: RehearseArguments) => void): void {
  addReportFiles(addExpectations(addSharedOptions(program.command('rehearse'), 'default: what makes the service scale out and in again')))
    .description('Runs the service of a template on this machine: real tasks under a CPU quota, a real load balancer, real traffic.')
    .option('--command <command>', 'how a task starts (default: the CMD of the image in the template, in its build folder)')
    .option('--path <path>', 'a path to request; may be given again', again)
    .option('--speed <factor>', `how many times faster the scaling clock runs, 1 to ${MOST_SPEED}`, '20')
    .option('--port <port>', 'where the load balancer listens, 0 for any free port', '0')
    .addHelpText('after', HELP)
    .action((options: Options) => take(rehearseArguments(options)));
}

function rehearseArguments(options: Options): RehearseArguments {
  return {
    command: 'rehearse',
    source: options,
    traffic: options.traffic === undefined ? undefined : parseTraffic(options.traffic),
    taskCommand: options.command,
    paths: pathsGiven(options),
    speed: speedOf(options.speed),
    port: wholeNumber('--port', options.port, 0, 65_535),
    seed: wholeNumber('--seed', options.seed ?? '1', 0),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
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
