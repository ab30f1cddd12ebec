import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { parseDurationSeconds } from '../src/scenario/duration';
import type { Expectations } from '../src/scenario/expectations';
import { parseTraffic } from '../src/scenario/parse-traffic';
import type { Traffic } from '../src/scenario/traffic';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../src/scenario/workload';
import { addSharedOptions, expectationsOf, type SharedOptions, wholeNumber } from './shared-options';
import type { TemplateChoice } from './template-source';

/** What `forecast` was asked to do. */
export interface ForecastArguments {
  readonly command: 'forecast';
  readonly source: TemplateChoice;
  readonly traffic: Traffic;
  readonly workload: Workload;
  readonly seed: number;
  /** Left out: a hundred, or fewer for long traffic. */
  readonly seeds?: number;
  readonly expectations: Expectations;
  readonly json: boolean;
}

interface Options extends SharedOptions {
  readonly cpuPerRequest?: string;
  readonly fixedCores?: string;
  readonly baseLatency?: string;
  readonly startTime?: string;
  readonly stopTime?: string;
  readonly seeds?: string;
}

const HELP = `
Without a workload, that of a measured search service is used (${(MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest * 1000).toPrecision(4)} ms of CPU per request).

Examples:
  $ npx cdk-scalable-stateless-service forecast --traffic "users 120 for 30m"
  $ npx cdk-scalable-stateless-service forecast --template cdk.out/Shop.template.json --traffic "rps 50..400 for 20m" \\
      --cpu-per-request 2ms --base-latency 5ms --expect-max-tasks 2..4 --expect-failures 0`;

/** Adds the command `forecast`. */
export function addForecast(program: Command, take: (parsed: ForecastArguments) => void): void {
  addSharedOptions(program.command('forecast'), 'required')
    .description('Simulates the scaling policy of a template under traffic: how many tasks, when, why, and at what latency.')
    .option('--cpu-per-request <duration>', 'CPU time of one request on a whole core')
    .option('--fixed-cores <cores>', 'cores that a task uses while it serves nothing')
    .option('--base-latency <duration>', 'latency that no CPU can shorten')
    .option('--start-time <duration>', 'from the start of a container until it listens')
    .option('--stop-time <duration>', 'from SIGTERM until a container has ended')
    .option('--seeds <count>', 'how many seeds the band of times is taken over (default: 100, fewer for days of traffic)')
    .addHelpText('after', HELP)
    .action((options: Options) => take(forecastArguments(options)));
}

function forecastArguments(options: Options): ForecastArguments {
  if (options.traffic === undefined) {
    throw new InvalidInput(["--traffic must be given, got none: try --traffic 'users 30 for 5m, users 120 for 20m'"]);
  }
  return {
    command: 'forecast',
    source: options,
    traffic: parseTraffic(options.traffic),
    workload: workloadOf(options),
    seed: wholeNumber('--seed', options.seed, 0),
    seeds: options.seeds === undefined ? undefined : wholeNumber('--seeds', options.seeds, 1, 10_000),
    expectations: expectationsOf(options),
    json: options.json === true,
  };
}

function workloadOf(options: Options): Workload {
  const known = MEASURED_SEARCH_WORKLOAD;
  return {
    ...known,
    cpuSecondsPerRequest: seconds('--cpu-per-request', options.cpuPerRequest, known.cpuSecondsPerRequest),
    fixedCores: cores(options.fixedCores, known.fixedCores),
    baseLatencySeconds: seconds('--base-latency', options.baseLatency, known.baseLatencySeconds),
    startSeconds: seconds('--start-time', options.startTime, known.startSeconds),
    stopSeconds: seconds('--stop-time', options.stopTime, known.stopSeconds),
  };
}

function seconds(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = parseDurationSeconds(text);
  if (value === undefined) throw new InvalidInput([`${name} must be a duration such as 2ms or 1.5s, got '${text}'`]);
  return value;
}

function cores(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidInput([`--fixed-cores must be a number of at least 0, got '${text}'`]);
  return value;
}
