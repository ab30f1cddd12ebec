import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../src/scenario/workload';
import { seconds } from './shared-options';

/** What commander makes of the options of a workload. */
export interface WorkloadOptions {
  readonly cpuPerRequest?: string;
  readonly fixedCores?: string;
  readonly baseLatency?: string;
  readonly startTime?: string;
  readonly stopTime?: string;
}

/** What is assumed where nothing is said of the workload; a help prints it. */
export const WORKLOAD_HELP = `Without a workload, that of a measured search service is used (${(MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest * 1000).toPrecision(4)} ms of CPU per request).`;

/** Adds the options that say what a request costs a task. */
export function addWorkloadOptions(command: Command): Command {
  return command
    .option('--cpu-per-request <duration>', 'CPU time of one request on a whole core')
    .option('--fixed-cores <cores>', 'cores that a task uses while it serves nothing')
    .option('--base-latency <duration>', 'latency that no CPU can shorten')
    .option('--start-time <duration>', 'from the start of a container until it listens')
    .option('--stop-time <duration>', 'from SIGTERM until a container has ended');
}

/** The workload that the options describe; what they leave out is that of another. */
export function workloadOf(options: WorkloadOptions, known: Workload = MEASURED_SEARCH_WORKLOAD): Workload {
  return {
    ...known,
    cpuSecondsPerRequest: seconds('--cpu-per-request', options.cpuPerRequest, known.cpuSecondsPerRequest),
    fixedCores: cores(options.fixedCores, known.fixedCores),
    baseLatencySeconds: seconds('--base-latency', options.baseLatency, known.baseLatencySeconds),
    startSeconds: seconds('--start-time', options.startTime, known.startSeconds),
    stopSeconds: seconds('--stop-time', options.stopTime, known.stopSeconds),
  };
}

function cores(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidInput([`--fixed-cores must be a number of at least 0, got '${text}'`]);
  return value;
}
