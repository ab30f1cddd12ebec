import { InvalidInput } from '../../src/plan/invalid-input';
import type { Plan } from '../../src/plan/plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { fitCpu } from '../../src/scenario/fit-cpu';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/scenario/workload';
import { WallTime } from '../../src/time/wall-time';
import { LoadBalancer } from './load-balancer/load-balancer';
import { RehearsedTask, START_LIMIT_SECONDS } from './rehearsed-task';
import { exitInWords } from './tasks/task-exit';
import type { TaskRuntime } from './tasks/task-runtime';
import { type LoadLevel, type WatchedTask, watchTask } from './watch-task';

/** Enough for a straight line, and over before anybody gets impatient: a rehearsal is still to come. */
const QUICK_LEVELS: readonly LoadLevel[] = [
  { share: 0.1, seconds: 1.5 },
  { share: 0.35, seconds: 2 },
  { share: 0.7, seconds: 2 },
];

/** What a measurement came to. The workload was fitted to the points. */
export interface MeasuredWorkload extends WatchedTask {
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
   * The loads that the task is watched under, from the lowest to the highest.
   *
   * @default three, in about fifteen seconds
   */
  readonly levels?: readonly LoadLevel[];
  /** Called before each load, with its share of what the task stands. */
  readonly onLevel?: (share: number) => void;
}

/**
 * Runs one task under its quota at several rates and fits what a request costs it.
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
    const startedAtMillis = performance.now();
    const task = await RehearsedTask.start(
      { ...parts, balancer, healthCheckPath: plan.healthCheck.path, startLimitSeconds: START_LIMIT_SECONDS },
      () => {},
    );
    await task.untilHealthy();
    const startSeconds = (performance.now() - startedAtMillis) / 1000;
    const seen = await Promise.race([watched(parts, task, balancer.url), endOf(task), parts.runtime.lost]);
    const stoppingAtMillis = performance.now();
    await task.leave(0, plan.container.stopTimeoutSeconds);
    const stopSeconds = (performance.now() - stoppingAtMillis) / 1000;
    return workloadFrom(seen, { startSeconds, stopSeconds }, vcpu);
  } finally {
    await balancer.stop();
    time.stop();
  }
}

function watched({ paths, levels = QUICK_LEVELS, onLevel }: MeasurementParts, task: RehearsedTask, url: string): Promise<WatchedTask> {
  return watchTask({ task, url, paths }, levels, onLevel);
}

/** Rejects when the task ends while it is measured. */
async function endOf(task: RehearsedTask): Promise<never> {
  const exit = await task.exited;
  throw new InvalidInput([`a task must live while it is measured, got an end with ${exitInWords(exit)}\n${exit.lastOutput.trim()}`]);
}

function workloadFrom(seen: WatchedTask, times: Pick<Workload, 'startSeconds' | 'stopSeconds'>, vcpu: number): MeasuredWorkload {
  const { points } = seen;
  const { cpuSecondsPerRequest, fixedCores, worstResidualCores } = fitCpu(points);
  // at the lowest rate requests hardly meet: what is not CPU is the way there and back.
  const baseLatencySeconds = Math.max(0, points[0]!.latencySeconds - cpuSecondsPerRequest);
  return {
    // of memory and bytes a rehearsal has no use.
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores, baseLatencySeconds, ...times },
    ...seen,
    worstResidualShare: worstResidualCores / vcpu,
  };
}
