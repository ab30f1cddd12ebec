import { mean } from '../../src/math/statistics';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { SpedUpClock } from '../../src/time/sped-up-clock';
import { type CpuFit, fitCpu, type LoadPoint } from '../../src/workload/fit-cpu';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { LocalTask } from '../fleet/local-task';
import { readStartProgress } from '../fleet/task-start';
import { LoadBalancer } from '../load-balancer/local-load-balancer';
import type { ProgressListener } from '../progress-step';
import type { TaskRuntime } from '../task-runtime/task-runtime';
import { formatExit, type TaskExit } from '../task-runtime/task-runtime';
import { type LoadLevel, measureTasks, type TaskMeasurements } from './measure-tasks';
import { asMeasurementError, MeasurementError } from './measurement-error';

export type { LoadMeasurement } from './load-meter';
export { MeasurementError } from './measurement-error';

/** Enough loads for a linear fit in a short time, since the rehearsal itself follows. */
const QUICK_LEVELS: readonly LoadLevel[] = [
  { shareOfMaxThroughput: 0.1, minSeconds: 1.5 },
  { shareOfMaxThroughput: 0.35, minSeconds: 2 },
  { shareOfMaxThroughput: 0.7, minSeconds: 2 },
];

/**
 * How long to wait for responses at each load. A slow service needs twice this with a single user, once at maximum throughput, and once
 * at each of three loads: the rehearsal begins after about a minute.
 */
const QUICK_MAX_SECONDS_PER_LOAD = 8;

/** The interval of health checks while tasks start, on the wall clock: short, to measure when they become healthy. */
const START_HEALTH_CHECK_INTERVAL_SECONDS = 0.1;

/** A point with less CPU gets the weight of this one. */
const MIN_WEIGHTED_VCPU = 0.005;

/** The measurements, and the workload that is fitted to them. */
export interface MeasuredWorkload extends TaskMeasurements {
  readonly workload: Omit<Workload, 'latencyModel'>;
  /** The largest distance of a point from the fitted line, as a share of the task's CPU. */
  readonly maxResidualShare: number;
}

/** The parameters of a measurement. */
export interface MeasurementParts {
  readonly plan: Plan;
  readonly paths: readonly string[];
  readonly runtime: TaskRuntime;
  /**
   * How many tasks share the load, so that this machine is as busy as in a rehearsal of as many tasks.
   *
   * @default 1
   */
  readonly taskCount?: number;
  /**
   * The speed of the health checks: that of the rehearsal that follows, since health checks use CPU.
   *
   * @default 1
   */
  readonly speed?: number;
  /**
   * The loads to measure, in this order.
   *
   * @default three, in about fifteen seconds
   */
  readonly levels?: readonly LoadLevel[];
  /**
   * How long to wait for responses at each load if they are few, on the wall clock.
   *
   * @default 8, which is about a minute in total
   */
  readonly maxSecondsPerLoad?: number;
  readonly onProgress?: ProgressListener;
}

/**
 * Runs tasks under their CPU quota at several rates and fits the cost of a request.
 *
 * The tasks have been stopped when it returns. If they do not become healthy, they are stopped when `runtime` is stopped.
 *
 * @throws MeasurementError if they were healthy and could not be measured.
 */
export async function measureWorkload(parts: MeasurementParts): Promise<MeasuredWorkload> {
  const { plan, speed = 1 } = parts;
  const clock = new SpedUpClock(plan.healthCheck.intervalSeconds / START_HEALTH_CHECK_INTERVAL_SECONDS);
  const balancer = await LoadBalancer.start({
    clock,
    healthCheck: plan.healthCheck,
    idleTimeoutSeconds: plan.idleTimeoutSeconds,
    initialHealthChecks: AWS_BEHAVIOR.initialHealthChecks,
    port: 0,
  });
  try {
    const started = await startTasks(parts, balancer, clock);
    // health checks use CPU: from now on they are as frequent as in the rehearsal.
    clock.changeSpeed(speed);
    const tasks = started.map(({ task }) => task);
    return await asMeasurementError(measure(parts, started, balancer)).catch(async (error: unknown) => {
      // a caller that continues without a measurement needs the CPU for other tasks.
      await Promise.all(tasks.map((task) => task.drainAndStop(0, 0)));
      throw error;
    });
  } finally {
    await balancer.stop();
    clock.stop();
  }
}

interface StartedTask {
  readonly task: LocalTask;
  readonly startSeconds: number;
}

/** Starts the tasks, and waits until each is healthy. */
function startTasks(
  { plan, runtime, taskCount = 1, onProgress }: MeasurementParts,
  balancer: LoadBalancer,
  clock: SpedUpClock,
): Promise<StartedTask[]> {
  const parts = { clock, runtime, size: plan.task, balancer, healthCheckPath: plan.healthCheck.path };
  const tasks = Array.from({ length: taskCount }, (_, index) => new LocalTask(parts, { number: index + 1, revision: 0, zone: 0 }));
  onProgress?.(() => readStartProgress(tasks));
  const start = async (task: LocalTask): Promise<StartedTask> => {
    const startedAtMillis = performance.now();
    await task.start();
    await task.waitUntilHealthy();
    return { task, startSeconds: (performance.now() - startedAtMillis) / 1000 };
  };
  return Promise.all(tasks.map(start));
}

async function measure(parts: MeasurementParts, started: readonly StartedTask[], balancer: LoadBalancer): Promise<MeasuredWorkload> {
  const { plan, paths, levels = QUICK_LEVELS, maxSecondsPerLoad = QUICK_MAX_SECONDS_PER_LOAD, onProgress } = parts;
  const tasks = started.map(({ task }) => task);
  const vcpu = vcpuOf(plan.task);
  const exited = Promise.race([...tasks.map(rejectOnExit), parts.runtime.supervisorExited]);
  // avoids an unhandled rejection if a task exits before it is measured.
  exited.catch(() => {});
  const measurements = await measureTasks({ tasks, vcpu, url: balancer.url, paths, maxSecondsPerLoad, exited }, levels, onProgress);
  const { stopTimeoutSeconds } = plan.container;
  onProgress?.(() => ({ name: 'waiting for the task to stop', hint: stopHint(stopTimeoutSeconds) }));
  const stopSeconds = mean(await Promise.all(tasks.map((task) => measureStop(task, stopTimeoutSeconds))));
  return workloadFrom(measurements, { startUpSeconds: mean(started.map(({ startSeconds }) => startSeconds)), stopSeconds }, vcpu);
}

function stopHint(stopTimeoutSeconds: number): string {
  return `it still runs after SIGTERM and will be killed ${stopTimeoutSeconds} seconds after it, as on ECS: it should exit by itself`;
}

/** Stops a task, and returns how many seconds that took. */
async function measureStop(task: LocalTask, stopTimeoutSeconds: number): Promise<number> {
  const startedAtMillis = performance.now();
  await task.drainAndStop(0, stopTimeoutSeconds);
  return (performance.now() - startedAtMillis) / 1000;
}

/** Rejects when the task exits, which it must not while it is measured. */
async function rejectOnExit(task: LocalTask): Promise<never> {
  const exit = await task.exited;
  const output = exit.lastOutput.trim();
  throw new MeasurementError(`a task ended with ${formatExit(exit)}`, [
    `a task ended with ${formatExit(exit)} during the measurement: ${exitAdvice(exit)}${output === '' ? '' : `\nits last lines:\n${output}`}`,
  ]);
}

function exitAdvice({ isOutOfMemory }: TaskExit): string {
  return isOutOfMemory
    ? 'give it more memory with --set memoryLimitMiB=…, or find what it stores for every request'
    : 'a task must not exit under load; run the command `check` to find out when it exits';
}

function workloadFrom(
  measurements: TaskMeasurements,
  times: Pick<Workload, 'startUpSeconds' | 'stopSeconds'>,
  vcpu: number,
): MeasuredWorkload {
  const { cpuSecondsPerRequest, idleVcpu, maxResidualVcpu } = cpuFitOf(measurements);
  return {
    // a rehearsal does not use the memory, the request size and the response size of the workload.
    workload: {
      ...MEASURED_SEARCH_WORKLOAD,
      cpuSecondsPerRequest,
      idleVcpu,
      baseLatencySeconds: baseLatencySeconds(measurements, { cpuSecondsPerRequest, vcpu }),
      ...times,
    },
    ...measurements,
    maxResidualShare: maxResidualVcpu / vcpu,
  };
}

/**
 * The constant part of the latency: without queueing, latency is CPU time plus a constant. A short request can use a whole core before
 * the quota throttles it; a long one cannot.
 */
function baseLatencySeconds(
  { points, singleUserLatencySeconds, isSlow }: TaskMeasurements,
  { cpuSecondsPerRequest, vcpu }: { readonly cpuSecondsPerRequest: number; readonly vcpu: number },
): number {
  const vcpuPerRequest = isSlow ? Math.min(1, vcpu) : 1;
  // usually the latency at the lowest rate, but the machine may have been suspended just then.
  const latencies = [...points.map(({ latencySeconds }) => latencySeconds), ...(isSlow ? [singleUserLatencySeconds] : [])];
  const unqueuedSeconds = Math.min(...latencies);
  return Math.max(0, unqueuedSeconds - cpuSecondsPerRequest / vcpuPerRequest);
}

/** A slow service may have too few responses for a linear fit: then all of its CPU counts as the cost of requests. */
function cpuFitOf({ points, atMaxThroughput, isSlow }: TaskMeasurements): CpuFit {
  try {
    return fitCpu(points.map(withWeight));
  } catch (error) {
    if (!isSlow) throw error;
    return fitCpu([{ requestsPerSecond: 0, usedVcpu: 0 }, atMaxThroughput]);
  }
}

/** Weights points so that the relative error counts: a machine that is slower for a moment is slower by a percentage. */
function withWeight(point: LoadPoint): LoadPoint {
  return { ...point, weight: Math.max(MIN_WEIGHTED_VCPU, point.usedVcpu) ** -2 };
}
