import type { Plan } from '../../src/plan/plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { type CpuFit, fitCpu, type LoadPoint } from '../../src/scenario/fit-cpu';
import { mean } from '../../src/scenario/mean';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/scenario/workload';
import { WallTime } from '../../src/time/wall-time';
import { LoadBalancer } from './load-balancer/load-balancer';
import type { PhaseListener } from './phase';
import { RehearsedTask, START_LIMIT_SECONDS } from './rehearsed-task';
import { startPhase } from './start-phase';
import { exitInWords, type TaskExit } from './tasks/task-exit';
import type { TaskRuntime } from './tasks/task-runtime';
import { Unmeasurable, unmeasurableOf } from './unmeasurable';
import { type LoadLevel, type WatchedTasks, watchTasks } from './watch-tasks';

/** Enough for a straight line, and over before anybody gets impatient: a rehearsal is still to come. */
const QUICK_LEVELS: readonly LoadLevel[] = [
  { share: 0.1, seconds: 1.5 },
  { share: 0.35, seconds: 2 },
  { share: 0.7, seconds: 2 },
];

/** Six times as long, at most, and what comes before and after it: a rehearsal of a slow service begins after about a minute. */
const QUICK_MOST_SECONDS = 8;

/** So close together are the health checks of tasks that start, on the wall clock: it shall be seen when they are healthy. */
const CHECKS_AT_START_SECONDS = 0.1;

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
   * How much faster than on the wall clock health checks come: as in the rehearsal that is to follow, where they cost CPU as well.
   *
   * @default 1
   */
  readonly speed?: number;
  /**
   * The loads that the tasks are watched under, in this order.
   *
   * @default three, in about fifteen seconds
   */
  readonly levels?: readonly LoadLevel[];
  /**
   * How long answers are waited for at each load where they are few, on the wall clock.
   *
   * @default 8, which makes about a minute
   */
  readonly mostSecondsPerLoad?: number;
  readonly onPhase?: PhaseListener;
}

/**
 * Runs tasks under their quota at several rates and fits what a request costs one of them.
 *
 * The tasks have been told to stop when it returns. Where they do not become healthy, they end with their runtime.
 *
 * @throws Unmeasurable where they were healthy and could not be measured.
 */
export async function measureWorkload(parts: MeasurementParts): Promise<MeasuredWorkload> {
  const { plan, speed = 1 } = parts;
  const time = new WallTime(plan.healthCheck.intervalSeconds / CHECKS_AT_START_SECONDS);
  const balancer = await LoadBalancer.start({
    time,
    healthCheck: plan.healthCheck,
    idleTimeoutSeconds: plan.idleTimeoutSeconds,
    initialHealthChecks: AWS_BEHAVIOR.initialHealthChecks,
    port: 0,
  });
  try {
    const started = await startTasks(parts, balancer);
    // a health check costs CPU as any request: from now on there are no more than there will be.
    time.changeSpeed(speed);
    const tasks = started.map(({ task }) => task);
    return await unmeasurableOf(measure(parts, started, balancer)).catch(async (error: unknown) => {
      // whoever goes on without a measurement needs the machine for other tasks.
      await Promise.all(tasks.map((task) => task.leave(0, 0)));
      throw error;
    });
  } finally {
    await balancer.stop();
    time.stop();
  }
}

interface StartedTask {
  readonly task: RehearsedTask;
  readonly startSeconds: number;
}

/** Starts the tasks, and waits until the load balancer thinks well of each. */
function startTasks({ plan, runtime, taskCount = 1, onPhase }: MeasurementParts, balancer: LoadBalancer): Promise<StartedTask[]> {
  const tasks: (RehearsedTask | undefined)[] = Array.from({ length: taskCount }, () => undefined);
  onPhase?.(() => startPhase(tasks));
  const start = async (_: unknown, index: number): Promise<StartedTask> => {
    const startedAtMillis = performance.now();
    const task = await RehearsedTask.start({
      runtime,
      balancer,
      healthCheckPath: plan.healthCheck.path,
      startLimitSeconds: START_LIMIT_SECONDS,
    });
    tasks[index] = task;
    await task.untilHealthy();
    return { task, startSeconds: (performance.now() - startedAtMillis) / 1000 };
  };
  return Promise.all(tasks.map(start));
}

async function measure(parts: MeasurementParts, started: readonly StartedTask[], balancer: LoadBalancer): Promise<MeasuredWorkload> {
  const { plan, paths, levels = QUICK_LEVELS, mostSecondsPerLoad = QUICK_MOST_SECONDS, onPhase } = parts;
  const tasks = started.map(({ task }) => task);
  const vcpu = vcpuOf(plan.task);
  const ended = Promise.race([...tasks.map(endOf), parts.runtime.lost]);
  // a task may end before anybody watches it.
  ended.catch(() => {});
  const seen = await watchTasks({ tasks, vcpu, url: balancer.url, paths, mostSecondsPerLoad, ended }, levels, onPhase);
  const { stopTimeoutSeconds } = plan.container;
  onPhase?.(() => ({ name: 'waiting for it to stop', hint: stopHint(stopTimeoutSeconds) }));
  const stopSeconds = mean(await Promise.all(tasks.map((task) => stop(task, stopTimeoutSeconds))));
  return workloadFrom(seen, { startSeconds: mean(started.map(({ startSeconds }) => startSeconds)), stopSeconds }, vcpu);
}

function stopHint(stopTimeoutSeconds: number): string {
  return `it still runs after SIGTERM, and is killed ${stopTimeoutSeconds} seconds after it, as on ECS: let it end by itself`;
}

/** The seconds that a task takes to stop. */
async function stop(task: RehearsedTask, stopTimeoutSeconds: number): Promise<number> {
  const stoppingAtMillis = performance.now();
  await task.leave(0, stopTimeoutSeconds);
  return (performance.now() - stoppingAtMillis) / 1000;
}

/** Rejects when the task ends while it is measured. */
async function endOf(task: RehearsedTask): Promise<never> {
  const exit = await task.exited;
  const words = exit.lastOutput.trim();
  throw new Unmeasurable(`a task ended with ${exitInWords(exit)}`, [
    `a task must live while it is measured, got an end with ${exitInWords(exit)}: ${endAdvice(exit)}${words === '' ? '' : `\nits last lines:\n${words}`}`,
  ]);
}

function endAdvice({ isOutOfMemory }: TaskExit): string {
  return isOutOfMemory
    ? 'give it more with --set memoryLimitMiB=…, or find what it keeps of every request'
    : 'no load may end it; the command check tries what does';
}

function workloadFrom(seen: WatchedTasks, times: Pick<Workload, 'startSeconds' | 'stopSeconds'>, vcpu: number): MeasuredWorkload {
  const { cpuSecondsPerRequest, fixedCores, worstResidualCores } = cpuFitOf(seen);
  return {
    // of memory and bytes a rehearsal has no use.
    workload: {
      ...MEASURED_SEARCH_WORKLOAD,
      cpuSecondsPerRequest,
      fixedCores,
      baseLatencySeconds: baseLatencySeconds(seen, { cpuSecondsPerRequest, vcpu }),
      ...times,
    },
    ...seen,
    worstResidualShare: worstResidualCores / vcpu,
  };
}

/** Where requests hardly meet, what is not CPU is the way there and back. A long computation gets no more CPU than the quota. */
function baseLatencySeconds(
  { points, loneLatencySeconds }: WatchedTasks,
  { cpuSecondsPerRequest, vcpu }: { readonly cpuSecondsPerRequest: number; readonly vcpu: number },
): number {
  const coresAtOnce = loneLatencySeconds === undefined ? 1 : Math.min(1, vcpu);
  // that is mostly at the lowest rate; but the machine may have stood still just then.
  const unqueuedSeconds = Math.min(...points.map(({ latencySeconds }) => latencySeconds), loneLatencySeconds ?? Number.POSITIVE_INFINITY);
  return Math.max(0, unqueuedSeconds - cpuSecondsPerRequest / coresAtOnce);
}

/** Of a slow service there may be too few answers for a line: then all of its CPU counts for them. */
function cpuFitOf({ points, saturated, loneLatencySeconds }: WatchedTasks): CpuFit {
  try {
    return fitCpu(points.map(weighted));
  } catch (error) {
    if (loneLatencySeconds === undefined) throw error;
    return fitCpu([{ requestsPerSecond: 0, cores: 0 }, saturated]);
  }
}

/** A machine that is slower for a moment is so by a share of what it does: the squares of shares are what has to be least. */
function weighted(point: LoadPoint): LoadPoint {
  return { ...point, weight: Math.max(LEAST_CORES, point.cores) ** -2 };
}
