import { mean } from '../../src/math/statistics';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { SpedUpClock } from '../../src/time/sped-up-clock';
import { LocalTask } from '../fleet/local-task';
import { readStartProgress } from '../fleet/task-start';
import { addedHeaders } from '../load-balancer/forwarded-headers';
import { LoadBalancer } from '../load-balancer/local-load-balancer';
import type { ProgressListener } from '../progress-step';
import type { TaskRuntime } from '../task-runtime/task-runtime';
import { formatExit, type TaskExit } from '../task-runtime/task-runtime';
import { fitTaskWorkload, type MeasuredWorkload } from './fit-task-workload';
import { type MeasuredTasks, measureTasks } from './measure-tasks';
import { asMeasurementError, MeasurementError } from './measurement-error';
import type { MeasurementSchedule } from './task-measurements';

export type { MeasuredWorkload } from './fit-task-workload';
export type { LoadMeasurement } from './load-meter';
export { machineRequestsPerSecond } from './machine-capacity';
export { MeasurementError } from './measurement-error';
export type { MeasurementSchedule } from './task-measurements';

/**
 * Enough loads for a fit in a short time, since the rehearsal itself follows. A slow service needs twice the maximum time with a single
 * user, and once for each other measurement: the rehearsal begins after about a minute.
 */
export const QUICK_SCHEDULE: MeasurementSchedule = {
  levels: [
    { shareOfMaxThroughput: 0.1, minSeconds: 1.5 },
    { shareOfMaxThroughput: 0.35, minSeconds: 2 },
    { shareOfMaxThroughput: 0.7, minSeconds: 2 },
  ],
  warmUp: { windowSeconds: 0.5, maxSeconds: 25 },
  searchSeconds: 5,
  idleSeconds: 1,
  limitSeconds: 2,
  maxSecondsPerLoad: 8,
};

/** The port of a listener without a certificate. */
const HTTP_PORT = 80;

/** The interval of health checks while tasks start, on the wall clock: short, to measure when they become healthy. */
const START_HEALTH_CHECK_INTERVAL_SECONDS = 0.1;

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
   * What is measured, and for how long.
   *
   * @default - the quick one of a rehearsal
   */
  readonly schedule?: MeasurementSchedule;
  /**
   * The speed of the cores that tasks run on, as a share of this machine's.
   *
   * @default 1
   */
  readonly coreSpeed?: number;
  /**
   * Whether the requests go straight to the task, of which there is one, with the headers that a load balancer adds.
   *
   * The load balancer of this machine needs more CPU for a request than a fast program, which waits for it then, and wakes up for each
   * request. In a rehearsal it does so too; on AWS it does not.
   *
   * @default false
   */
  readonly isStraightToTask?: boolean;
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
  { plan, runtime, taskCount = 1, coreSpeed, onProgress }: MeasurementParts,
  balancer: LoadBalancer,
  clock: SpedUpClock,
): Promise<StartedTask[]> {
  const parts = { clock, runtime, size: plan.task, coreSpeed, balancer, healthCheckPath: plan.healthCheck.path };
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
  const { plan, paths, schedule = QUICK_SCHEDULE, onProgress } = parts;
  const tasks = started.map(({ task }) => task);
  const vcpu = vcpuOf(plan.task);
  const exited = Promise.race([...tasks.map(rejectOnExit), parts.runtime.supervisorExited]);
  // avoids an unhandled rejection if a task exits before it is measured.
  exited.catch(() => {});
  const traffic = parts.isStraightToTask ? straightTo(tasks[0]!) : { url: balancer.url };
  const measurements = await measureTasks({ tasks, vcpu, ...traffic, paths, exited }, schedule, onProgress);
  const { stopTimeoutSeconds } = plan.container;
  onProgress?.(() => ({ name: 'waiting for the task to stop', hint: stopHint(stopTimeoutSeconds) }));
  const stopSeconds = mean(await Promise.all(tasks.map((task) => measureStop(task, stopTimeoutSeconds))));
  return fitTaskWorkload(measurements, { startUpSeconds: mean(started.map(({ startSeconds }) => startSeconds)), stopSeconds }, vcpu);
}

/** The traffic that a load balancer would send to a task. */
function straightTo({ port }: LocalTask): Pick<MeasuredTasks, 'url' | 'headers'> {
  return { url: `http://127.0.0.1:${port}`, headers: addedHeaders('127.0.0.1', HTTP_PORT) };
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
