import { InputError } from '../parse/input-error';
import { vcpuOf } from '../plan/task-size';
import type { TimelineRow } from '../run/outcome';
import { type FittedPoint, fittedPoint, fitWorkload } from '../simulation/fit-workload';
import type { MeasuredPoint } from '../workload/fit-cpu';
import { completeWorkload } from '../workload/workload-fields';
import type { Workload } from '../workload/workload-parameters';
import type { Recording } from './recording';

/** The workload of a service as its recording shows it. */
export interface RecordingFit {
  readonly workload: Workload;
  /** The numbers that the recording does not determine, and that have their defaults. */
  readonly workloadDefaults: readonly (keyof Workload)[];
  /** The minutes that the workload was fitted to. */
  readonly minutes: number;
  /** How many points of CPU utilization 90 of 100 of these minutes are from the fitted workload at most. */
  readonly cpuPointsApart: number;
  /** The lowest and the highest rate of a task in these minutes, in requests per second. */
  readonly requestsPerSecondPerTask: { readonly min: number; readonly max: number };
  readonly remarks: readonly string[];
}

/** More minutes add no precision. */
const MAX_POINTS = 1000;

/** Below this range of the rates, what a task uses without requests cannot be separated from what requests cost. */
const MIN_RATE_RANGE = 1.2;

/**
 * Fits the workload to the minutes of a recording in which nothing else than the requests can have changed the CPU: as many healthy tasks as desired,
 * the same as in the minute before, and no failed requests.
 *
 * @param untilSeconds only minutes that end until this second are used.
 * @throws InputError if there are too few of them, or CPU does not grow with the requests.
 */
export function fitRecording(recording: Recording, untilSeconds = Number.POSITIVE_INFINITY): RecordingFit {
  const { plan, outcome, workload: known } = recording;
  const vcpu = vcpuOf(plan.task);
  const all = steadyRows(outcome.timeline).filter(({ atSeconds }) => atSeconds <= untilSeconds);
  const points = withoutSlowMinutes(sampled(all.map(pointOf)));
  if (points.length < MIN_POINTS)
    throw new InputError([
      `a workload must be fitted to at least ${MIN_POINTS} minutes with requests, CPU and a steady number of tasks, got ${points.length}: record a longer time`,
    ]);
  const base = completeWorkload({ ...known, ...memoryOf(all, plan.task.memoryMiB), cpuSecondsPerRequest: 0 });
  const rates = points.map(({ requestsPerSecond, tasks }) => requestsPerSecond / tasks);
  const range = { min: Math.min(...rates), max: Math.max(...rates) };
  const hasRange = range.max >= MIN_RATE_RANGE * range.min;
  // through the origin.
  const anchored = hasRange ? points : [...points, { requestsPerSecond: 0, tasks: 1, cpuPercent: 0 }];
  const fit = fitWithoutOutliers(anchored, vcpu, base.workload);
  const residuals = fit.points.map(({ cpuPercent }) => Math.abs(cpuPercent.measured - cpuPercent.fitted)).sort((a, b) => a - b);
  return {
    workload: fit.workload,
    workloadDefaults: (base.workloadDefaults ?? []).filter((name) => !FITTED_FIELDS.includes(name)),
    minutes: points.length,
    cpuPointsApart: residuals[Math.floor(0.9 * (residuals.length - 1))]!,
    requestsPerSecondPerTask: range,
    remarks: hasRange
      ? []
      : [
          `each task had about ${range.max.toPrecision(3)} requests per second all the time: what a task uses without requests is taken to be nothing, so a forecast for other rates is less certain`,
        ],
  };
}

const MIN_POINTS = 3;

const FITTED_FIELDS: readonly (keyof Workload)[] = ['cpuSecondsPerRequest', 'idleVcpu', 'baseLatencySeconds', 'latencyModel'];

/** Rows that have what a fit needs, in which the tasks were the same as in the row before. */
function steadyRows(timeline: readonly TimelineRow[]): readonly TimelineRow[] {
  return timeline.filter((row, index) => {
    const before = timeline[index - 1];
    if (before === undefined || row.cpuUtilizationPercent === undefined || !(row.servedRequestsPerSecond > 0)) return false;
    return (
      isSteady(row) &&
      isSteady(before) &&
      row.runningCount === before.runningCount &&
      row.failedRequests === 0 &&
      row.cpuUtilizationPercent < SATURATED_PERCENT
    );
  });
}

/** A task that is at its quota uses no more CPU for more requests. */
const SATURATED_PERCENT = 97;

function isSteady({ desiredCount, runningCount, healthyCount }: TimelineRow): boolean {
  return runningCount >= 1 && runningCount === desiredCount && healthyCount === runningCount;
}

function pointOf({
  servedRequestsPerSecond,
  runningCount,
  cpuUtilizationPercent,
  p50Millis,
  p95Millis,
  p99Millis,
}: TimelineRow): MeasuredPoint {
  return {
    requestsPerSecond: servedRequestsPerSecond,
    tasks: runningCount,
    cpuPercent: Math.min(100, cpuUtilizationPercent!),
    p50Millis: positive(p50Millis),
    p95Millis: positive(p95Millis),
    p99Millis: positive(p99Millis),
  };
}

function positive(millis: number | undefined): number | undefined {
  return millis !== undefined && millis > 0 ? millis : undefined;
}

function sampled(points: readonly MeasuredPoint[]): readonly MeasuredPoint[] {
  const interval = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, index) => index % interval === 0);
}

/** A minute whose median latency is longer than this multiple of the usual one says of something else than CPU, such as a slow dependency. */
const SLOW_MINUTE = 4;

/** The points without the latencies of minutes in which something else than CPU was slow. */
function withoutSlowMinutes(points: readonly MeasuredPoint[]): readonly MeasuredPoint[] {
  const usual = points.flatMap(({ p50Millis }) => p50Millis ?? []).sort((a, b) => a - b);
  const limit = SLOW_MINUTE * (usual[Math.floor(usual.length / 2)] ?? Number.POSITIVE_INFINITY);
  return points.map((point) =>
    (point.p50Millis ?? 0) <= limit ? point : { ...point, p50Millis: undefined, p95Millis: undefined, p99Millis: undefined },
  );
}

interface Fit {
  readonly workload: Workload;
  readonly points: readonly FittedPoint[];
}

/** A minute farther from the fitted CPU than this multiple of the median distance is that of something else, such as a job or a deployment. */
const OUTLIER_DISTANCE = 6;
const MIN_OUTLIER_POINTS = 1;

/** Fits, leaves out the minutes that are far from the fit, and fits again. */
function fitWithoutOutliers(points: readonly MeasuredPoint[], vcpu: number, base: Workload): Fit {
  const first = fitWorkload(points, vcpu, base);
  const distances = first.points.map(({ cpuPercent }) => Math.abs(cpuPercent.measured - cpuPercent.fitted));
  const median = [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)]!;
  const near = points.filter((_, index) => distances[index]! <= Math.max(MIN_OUTLIER_POINTS, OUTLIER_DISTANCE * median));
  const isFitPossible =
    near.length >= MIN_POINTS && new Set(near.map(({ requestsPerSecond, tasks }) => requestsPerSecond / tasks)).size > 1;
  if (near.length === points.length || !isFitPossible) return first;
  const { workload } = fitWorkload(near, vcpu, base);
  // the minutes that were left out count where the fit is judged.
  return { workload, points: points.map((point) => fittedPoint(point, workload, vcpu)) };
}

/** The memory of a task, which is taken to be the same at every load: the median. */
function memoryOf(rows: readonly TimelineRow[], memoryMiB: number): Partial<Workload> {
  const percents = rows.flatMap(({ memoryUtilizationPercent }) => memoryUtilizationPercent ?? []).sort((a, b) => a - b);
  return percents.length === 0 ? {} : { idleMemoryMiB: (memoryMiB * percents[Math.floor(percents.length / 2)]!) / 100 };
}
