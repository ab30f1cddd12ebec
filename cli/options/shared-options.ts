import { type Command, CommanderError } from 'commander';
import { parseDurationSeconds } from '../../src/parse/durations';
import { InputError } from '../../src/parse/input-error';
import { type Expectations, parseTaskRange } from '../../src/run/expectations';
import { MAX_SEEDS } from '../../src/simulation/band';
import { TRAFFIC_SYNTAX } from '../../src/traffic/traffic-grammar';
import type { TemplateChoice } from '../input/template-source';
import { iamPolicy } from '../live-service/aws-actions';
import { collectRepeated } from './repeated-option';

/** The options that all commands about traffic have, as commander parses them. */
export interface SharedOptions extends TemplateChoice {
  readonly traffic?: string;
  readonly seed?: string;
  readonly expectMaxTasks?: string;
  readonly expectFailures?: string;
  readonly expectP95?: string;
  readonly expectP99?: string;
  readonly json?: boolean;
}

/** What a command uses without an app or a template, to follow on the default of `--app` in the help. */
export const NO_TEMPLATE_HELP = '; without one, the defaults of the construct';

/** Adds the options that choose a template. */
export function addSourceOptions(command: Command, withoutAppHelp = ''): Command {
  return command
    .option('--app <command>', `the command of a CDK app to synthesize (default: the app of ./cdk.json${withoutAppHelp})`)
    .option(
      '--template <file>',
      'a CloudFormation template, what terraform show -json prints, a Copilot manifest or a Compose file, to read instead of an app; or a folder such as cdk.out',
    )
    .option('--stack <name>', 'the stack to use, if several have a service, such as Shop or Prod/*')
    .option(
      '--parameter <name=value>',
      'a parameter of the template, or what else only a deployment knows, by the name that an error asks for; repeatable',
      collectRepeated,
    )
    .option('--parameters-file <file>', 'parameters in JSON or YAML, as for the AWS CLI or CodePipeline')
    .option(
      '--service <id or arn>',
      'the service to use, if the template has several; without --template and --app a live service: its ARN, or cluster/name',
    )
    .option('--region <region>', 'the region of a live service (default: that of the ARN, AWS_REGION or the profile)')
    .option('--profile <name>', 'the profile of the AWS CLI with which a live service is read (default: AWS_PROFILE)')
    .option('--print-iam-policy', 'print the IAM policy that reading a live service needs, and exit')
    .on('option:print-iam-policy', () => {
      process.stdout.write(`${iamPolicy()}\n`);
      throw new CommanderError(0, 'commander.printed', 'the IAM policy was printed');
    })
    .allowExcessArguments(false);
}

/** Adds the options that all commands about traffic have. */
export function addSharedOptions(command: Command, trafficDefaultHelp: string, trafficFilesHelp = '', withoutAppHelp = ''): Command {
  return addSourceOptions(command, withoutAppHelp)
    .option('--traffic <phases>', `the traffic, such as ${TRAFFIC_SYNTAX}${trafficFilesHelp} (${trafficDefaultHelp})`)
    .option('--seed <number>', 'seed of the random number generator (default: 1)')
    .option('--json', 'print the result as JSON, and progress to stderr');
}

/** Adds the expectations of a run. */
export function addExpectationOptions(command: Command): Command {
  return command
    .option('--expect-max-tasks <count>', 'exit code 1 unless the maximum number of tasks is this for every seed, such as 3 or 3..6')
    .option('--expect-failures <count>', 'exit code 1 if more requests than this fail for any seed')
    .option('--expect-p95 <duration>', 'exit code 1 unless 95 % of the responses come within this time for every seed, such as 200ms')
    .option('--expect-p99 <duration>', 'exit code 1 unless 99 % of the responses come within this time for every seed, such as 500ms');
}

/** Reads the expectations of a run. */
export function expectationsOf(options: SharedOptions): Expectations {
  return {
    maxTasksRange: options.expectMaxTasks === undefined ? undefined : parseTaskRange(options.expectMaxTasks),
    maxFailedRequests: options.expectFailures === undefined ? undefined : parseWholeNumber('--expect-failures', options.expectFailures, 0),
    p95Millis: parseLatencyLimit('--expect-p95', options.expectP95),
    p99Millis: parseLatencyLimit('--expect-p99', options.expectP99),
  };
}

/** Reads the limit of a percentile of the latency, in milliseconds; undefined if the option is left out. */
export function parseLatencyLimit(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseSeconds(option, text, 0);
  if (seconds === 0) throw new InputError([`${option} must be above 0, got '${text}'`]);
  return 1000 * seconds;
}

/** Reads a duration; the default if the option is left out. */
export function parseSeconds(option: string, text: string | undefined, defaultSeconds: number): number {
  if (text === undefined) return defaultSeconds;
  const value = parseDurationSeconds(text);
  if (value === undefined) throw new InputError([`${option} must be a duration such as 2ms or 1.5s, got '${text}'`]);
  return value;
}

/** Reads a whole number within bounds. */
export function parseWholeNumber(option: string, text: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new InputError([`${option} must be a whole number ${bounds}, got '${text}'`]);
}

/** At a higher speed, a metric period of 60 seconds takes less than a second, with too few requests to measure. */
export const MAX_SPEED = 60;

/** Reads how many times faster than the wall clock the time of AWS passes. */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() === '' || !(speed >= 1 && speed <= MAX_SPEED)) {
    throw new InputError([`--speed must be from 1 to ${MAX_SPEED}, got '${text}'`]);
  }
  return speed;
}

/** The option as commander parses it. */
export interface SeedsOption {
  readonly seeds?: string;
}

/** Adds the option for the number of seeds. */
export function addSeedsOption(command: Command): Command {
  return command.option('--seeds <count>', 'number of simulated runs with different seeds (default: 100, fewer for days of traffic)');
}

/** Reads the number of seeds; undefined if it is not given. */
export function seedsOf({ seeds }: SeedsOption): number | undefined {
  return seeds === undefined ? undefined : parseWholeNumber('--seeds', seeds, 1, MAX_SEEDS);
}
