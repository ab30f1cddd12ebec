import { InvalidInput } from '../../src/plan/invalid-input';
import type { Plan } from '../../src/plan/plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { fitCpu, type LoadPoint } from '../../src/scenario/fit-cpu';
import { mean } from '../../src/scenario/mean';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/scenario/workload';
import { WallTime } from '../../src/time/wall-time';
import { LoadBalancer } from './load-balancer/load-balancer';
import { RehearsedTask, START_LIMIT_SECONDS } from './rehearsed-task';
import { exitInWords } from './tasks/task-exit';
import type { TaskRuntime } from './tasks/task-runtime';
import { type LoadLevel, type WatchedTasks, watchTasks } from './watch-tasks';

/** Enough for a straight line, and over before anybody gets impatient: a rehearsal is still to come. */
const QUICK_LEVELS: readonly LoadLevel[] = [
  { share: 0.1, seconds: 1.5 },
  { share: 0.35, seconds: 2 },
  { share: 0.7, seconds: 2 },
];

/** Less than this is not told from nothing, and must not count for more. */
const LEAST_CORES = 0.005;

/** What a measurement came to. The workload was fitted to the points. */
export interface MeasuredWorkload extends WatchedTasks {
  readonly workload: Omit<Workload, 'latencyModel'>;
  /** How far the worst point lies from the fitted line, as a share of the task's CPU. */
  readonly worstResidualShare: number;
}

/** What a measurement needs. */
export interface MeasurementParts {
  readonly plan: Plan;
  readonly paths: readonly string[];
  readonly runtime: TaskRuntime;
  /**
   * How many tasks share the load. Where several do, this machine is as busy as it is in a rehearsal of as many.
   *
   * @default 1
   */
  readonly taskCount?: number;
  /**
   * The loads that the tasks are watched under, in this order.
   *
   * @default three, in about fifteen seconds
   */
  readonly levels?: readonly LoadLevel[];
  /** Called before each load, with its share of what the task stands. */
  readonly onLevel?: (share: number) => void;
}

/**
 * Runs tasks under their quota at several rates and fits what a request costs one of them.
 *
 * The tasks have been told to stop when it returns. Where it throws, they end with their runtime.
 */
export async function measureWorkload(parts: MeasurementParts): Promise<MeasuredWorkload> {
  const { plan } = parts;
  const vcpu = vcpuOf(plan.task);
  // health checks as close together as they can be: the start shall be seen when it is over.
  const time = new WallTime(plan.healthCheck.intervalSeconds / 0.1);
  const balancer = await LoadBalancer.start({
    time,
    healthCheck: plan.healthCheck,
    idleTimeoutSeconds: plan.idleTimeoutSeconds,
    initialHealthChecks: AWS_BEHAVIOR.initialHealthChecks,
    port: 0,
  });
  try {
    const started = await Promise.all(Array.from({ length: parts.taskCount ?? 1 }, () => startTask(parts, balancer)));
    const tasks = started.map(({ task }) => task);
    const seen = await Promise.race([watched(parts, tasks, balancer.url), ...tasks.map(endOf), parts.runtime.lost]);
    const stopSeconds = mean(await Promise.all(tasks.map((task) => stop(task, plan.container.stopTimeoutSeconds))));
    return workloadFrom(seen, { startSeconds: mean(started.map(({ startSeconds }) => startSeconds)), stopSeconds }, vcpu);
  } finally {
    await balancer.stop();
    time.stop();
  }
}

/** Starts a task, and waits until the load balancer thinks well of it. */
async function startTask(
  { plan, runtime }: MeasurementParts,
  balancer: LoadBalancer,
): Promise<{ readonly task: RehearsedTask; readonly startSeconds: number }> {
  const startedAtMillis = performance.now();
  const task = await RehearsedTask.start({
    runtime,
    balancer,
    healthCheckPath: plan.healthCheck.path,
    startLimitSeconds: START_LIMIT_SECONDS,
  });
  await task.untilHealthy();
  return { task, startSeconds: (performance.now() - startedAtMillis) / 1000 };
}

/** The seconds that a task takes to stop. */
async function stop(task: RehearsedTask, stopTimeoutSeconds: number): Promise<number> {
  const stoppingAtMillis = performance.now();
  await task.leave(0, stopTimeoutSeconds);
  return (performance.now() - stoppingAtMillis) / 1000;
}

function watched(
  { paths, levels = QUICK_LEVELS, onLevel }: MeasurementParts,
  tasks: readonly RehearsedTask[],
  url: string,
): Promise<WatchedTasks> {
  return watchTasks({ tasks, url, paths }, levels, onLevel);
}

/** Rejects when the task ends while it is measured. */
async function endOf(task: RehearsedTask): Promise<never> {
  const exit = await task.exited;
  throw new InvalidInput([`a task must live while it is measured, got an end with ${exitInWords(exit)}\n${exit.lastOutput.trim()}`]);
}

function workloadFrom(seen: WatchedTasks, times: Pick<Workload, 'startSeconds' | 'stopSeconds'>, vcpu: number): MeasuredWorkload {
  const { points } = seen;
  const { cpuSecondsPerRequest, fixedCores, worstResidualCores } = fitCpu(points.map(weighted));
  // where requests hardly meet, mostly at the lowest rate, what is not CPU is the way there and back.
  const baseLatencySeconds = Math.max(0, Math.min(...points.map(({ latencySeconds }) => latencySeconds)) - cpuSecondsPerRequest);
  return {
    // of memory and bytes a rehearsal has no use.
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores, baseLatencySeconds, ...times },
    ...seen,
    worstResidualShare: worstResidualCores / vcpu,
  };
}

/** A machine that is slower for a moment is so by a share of what it does: the squares of shares are what has to be least. */
function weighted(point: LoadPoint): LoadPoint {
  return { ...point, weight: Math.max(LEAST_CORES, point.cores) ** -2 };
}
