import type { FittedPoint } from '../forecast/fit-workload';
import type { MeasuredPoint } from '../scenario/measured-point';
import type { Workload } from '../scenario/workload';
import { inSeconds } from './duration-in-seconds';
import type { FittedLoad } from './fitted-load';
import type { MeasuredLoad } from './measured-load';
import type { WorkloadFitOptions } from './workload-fit-options';
import { UNMEASURED } from './workload-of-options';

/** A load as a fit takes it. */
export function pointOf(load: MeasuredLoad): MeasuredPoint {
  return { ...load, tasks: load.tasks ?? 1 };
}

/** What a fit is told of a workload; what it finds out itself comes in the place of the rest. */
export function knownOf({ startUpTime, stopTime }: WorkloadFitOptions): Workload {
  return {
    ...UNMEASURED,
    cpuSecondsPerRequest: 0,
    ...(startUpTime === undefined ? {} : { startSeconds: inSeconds(startUpTime) }),
    ...(stopTime === undefined ? {} : { stopSeconds: inSeconds(stopTime) }),
  };
}

/** A fitted point as it is told. */
export function fittedLoadOf({ point, cpuPercent, meanMillis, p95Millis }: FittedPoint): FittedLoad {
  return {
    requestsPerSecondPerTask: point.requestsPerSecond / point.tasks,
    measuredCpuPercent: cpuPercent.measured,
    fittedCpuPercent: cpuPercent.fitted,
    measuredMeanMillis: meanMillis?.measured,
    fittedMeanMillis: meanMillis?.fitted,
    measuredP95Millis: p95Millis?.measured,
    fittedP95Millis: p95Millis?.fitted,
  };
}
