import type { Command } from 'commander';
import { InputError } from '../../src/parse/input-error';
import { addLiveServiceOptions, parseSpeed } from '../options/shared-options';

/** A service, the time to record, and where to. */
export interface RecordedService {
  /** `CLUSTER/NAME` or an ARN. */
  readonly service: string;
  readonly region?: string;
  readonly profile?: string;
  readonly from: string;
  readonly to: string;
  /** Undefined for one with the name of the service. */
  readonly directory?: string;
}

/** The arguments of `record`. */
export interface RecordArguments extends RecordedService {
  readonly command: 'record';
  readonly speed: number;
  readonly json: boolean;
}

interface Options {
  readonly service?: string;
  readonly from?: string;
  readonly to?: string;
  readonly directory?: string;
  readonly speed?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

/** How much of the past is recorded without `--from`. */
export const DEFAULT_FROM = '24h';

const HELP = `
Reads CloudWatch, ECS, Elastic Load Balancing and Application Auto Scaling with the credentials and the region of the AWS CLI, or of the endpoint in AWS_ENDPOINT_URL.
It only reads. The values of environment variables, secrets, commands and log options of a task definition are not written.
Run it again to go on after an interruption, or to add the days since then. CloudWatch retains minutes for 15 days, and Application Auto Scaling activities for six weeks.
A week takes 7 calls of GetMetricData, with about 16 metrics each.

Examples:
  $ npx ecs-rehearsal record --service shop/web --from 7d
  $ npx ecs-rehearsal record --service shop/web --from 2026-11-23 --to 2026-11-30 --directory november
  $ npx ecs-rehearsal record --print-iam-policy`;

/** Adds the command `record`. */
export function addRecord(program: Command, onParsed: (parsed: RecordArguments) => void): void {
  addLiveServiceOptions(addRecordedTimeOptions(program.command('record')))
    .description('Record what a service on AWS did: its plan, its metrics, its scaling activities, into a folder for backtest.')
    .option('--service <name>', 'the service, as CLUSTER/NAME or its ARN')
    .option('--directory <folder>', 'the folder to write to (default: recording-CLUSTER-NAME)')
    .option('--json', 'print the result as JSON, and progress to stderr')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(recordArguments(options)));
}

/** Adds the options of the time that is recorded. */
export function addRecordedTimeOptions(command: Command): Command {
  return command
    .option('--from <time>', `the start, as a date in UTC or with an offset, or how long ago, such as 7d (default: ${DEFAULT_FROM})`)
    .option('--to <time>', 'the end, likewise (default: now)')
    .option('--speed <factor>', 'how many times faster the time of an emulation passes, as it was given to emulate (default: 1)');
}

function recordArguments({ service, from = DEFAULT_FROM, to = 'now', speed, json, ...options }: Options): RecordArguments {
  if (service === undefined) throw new InputError(['--service must be given, as CLUSTER/NAME or an ARN, such as --service shop/web']);
  return { command: 'record', ...options, service, from, to, speed: parseRecordedSpeed(speed), json: json === true };
}

/** Reads the speed of an emulation: a period of its metrics has whole seconds. */
export function parseRecordedSpeed(text: string | undefined): number {
  const speed = parseSpeed(text ?? '1');
  if (Number.isInteger(60 / speed)) return speed;
  throw new InputError([`--speed must divide a minute into whole seconds, such as 10, 12, 15, 20 or 30, got '${text}'`]);
}
