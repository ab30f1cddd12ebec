import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../scenario/workload';
import { inSeconds } from './duration-in-seconds';
import type { WorkloadOptions } from './workload-options';

/** What a small service costs besides its requests, where nobody says. */
export const UNMEASURED: Omit<Workload, 'cpuSecondsPerRequest'> = { ...MEASURED_SEARCH_WORKLOAD, fixedCores: 0, baseLatencySeconds: 0 };

const BYTES_PER_MEBIBYTE = 2 ** 20;

/** What the options say of a workload, with the defaults for what they leave out. */
export function workloadOf(options: WorkloadOptions): Workload {
  return {
    cpuSecondsPerRequest: inSeconds(options.cpuPerRequest),
    fixedCores: options.idleVcpu ?? UNMEASURED.fixedCores,
    baseLatencySeconds: seconds(options.baseLatency) ?? UNMEASURED.baseLatencySeconds,
    startSeconds: seconds(options.startUpTime) ?? UNMEASURED.startSeconds,
    stopSeconds: seconds(options.stopTime) ?? UNMEASURED.stopSeconds,
    fixedMemoryMiB: mebibytes(options.idleMemory) ?? UNMEASURED.fixedMemoryMiB,
    memoryMiBPerConcurrentRequest: mebibytes(options.memoryPerConcurrentRequest) ?? UNMEASURED.memoryMiBPerConcurrentRequest,
    responseBytes: bytes(options.responseSize) ?? UNMEASURED.responseBytes,
    newConnectionsPerRequest: options.newConnectionsPerRequest ?? UNMEASURED.newConnectionsPerRequest,
    latencyModel: options.latencyModel ?? UNMEASURED.latencyModel,
  };
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration && inSeconds(duration);
}

function bytes(size: Size | undefined): number | undefined {
  return size?.toBytes({ rounding: SizeRoundingBehavior.NONE });
}

function mebibytes(size: Size | undefined): number | undefined {
  const inBytes = bytes(size);
  return inBytes === undefined ? undefined : inBytes / BYTES_PER_MEBIBYTE;
}
