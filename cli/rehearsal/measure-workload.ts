import { setTimeout as pass } from 'node:timers/promises';
import { InvalidInput, refuse } from '../../src/plan/invalid-input';
import type { Plan } from '../../src/plan/plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { failedCount } from '../../src/scenario/failures';
import { fitCpu, type LoadPoint } from '../../src/scenario/fit-cpu';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/scenario/workload';
import { WallTime } from '../../src/time/wall-time';
import { LoadBalancer } from './load-balancer/load-balancer';
import { RehearsedTask, START_LIMIT_SECONDS } from './rehearsed-task';
import type { TaskCommand, TaskProcesses } from './tasks/task-processes';
import { TrafficSender } from './traffic/traffic-sender';

/** Users that keep a task busy without a queue that would take long to empty. More would open more connections at once than a small task takes well. */
const USERS = 16;

/** Shares of the saturated rate that the task is watched at, and for how long on the wall clock. */
const WARM_UP_SECONDS = 2;
const LEVELS = [
  { share: 0.1, seconds: 1.5 },
  { share: 0.35, seconds: 2 },
  { share: 0.7, seconds: 2 },
] as const;

/** A load under which the task was watched, and the latency it answered with. */
export interface WatchedPoint extends LoadPoint {
  readonly latencySeconds: number;
}

/** What a measurement came to. */
export interface MeasuredWorkload {
  readonly workload: Omit<Workload, 'latencyModel'>;
  /** The points it was fitted to, from the lowest rate to the highest. */
  readonly points: readonly WatchedPoint[];
  /** How far the worst point lies from the fitted line, as a share of the task's CPU. */
  readonly worstResidualShare: number;
}

/** What a measurement needs. */
export interface MeasurementParts {
  readonly plan: Plan;
  readonly command: TaskCommand;
  readonly paths: readonly string[];
  readonly processes: TaskProcesses;
}

/**
 * Runs one task under its quota at several rates and fits what a request costs it.
 *
 * The rates are shares of what the task was seen to stand, so that a slow
 * service is measured as well as a fast one.
 */
export async function measureWorkload(parts: MeasurementParts): Promise<MeasuredWorkload> {
  const { plan } = parts;
  const vcpu = vcpuOf(plan.task);
  // health checks as close together as they can be: the start shall be seen when it is over.
  const time = new WallTime(plan.healthCheck.intervalSeconds / 0.1);
  const balancer = await LoadBalancer.start({
    time,
    healthCheck: plan.healthCheck,
    initialHealthChecks: AWS_BEHAVIOR.initialHealthChecks,
    port: 0,
  });
  try {
    const startedAtMillis = performance.now();
    const task = await RehearsedTask.start(
      { ...parts, balancer, vcpu, healthCheckPath: plan.healthCheck.path, startLimitSeconds: START_LIMIT_SECONDS },
      () => {},
    );
    await task.untilHealthy();
    const startSeconds = (performance.now() - startedAtMillis) / 1000;
    const points = await Promise.race([watch(task, balancer.url, parts.paths), endOf(task), parts.processes.lost]);
    const stoppingAtMillis = performance.now();
    await task.leave(0, plan.container.stopTimeoutSeconds);
    const stopSeconds = (performance.now() - stoppingAtMillis) / 1000;
    return workloadFrom(points, { startSeconds, stopSeconds }, vcpu);
  } finally {
    await balancer.stop();
    time.stop();
  }
}

async function watch(task: RehearsedTask, url: string, paths: readonly string[]): Promise<WatchedPoint[]> {
  const sender = await TrafficSender.start({ url, paths });
  try {
    sender.set({ kind: 'users', value: USERS, thinkSeconds: 0 });
    await pass(WARM_UP_SECONDS * 1000);
    const saturated = await watchFor(task, sender, WARM_UP_SECONDS);
    const points: WatchedPoint[] = [];
    for (const { share, seconds } of LEVELS) {
      sender.set({ kind: 'users', value: USERS, thinkSeconds: USERS / (share * saturated.requestsPerSecond) });
      await pass(200);
      points.push(await watchFor(task, sender, seconds));
    }
    return points;
  } finally {
    await sender.stop();
  }
}

async function watchFor(task: RehearsedTask, sender: TrafficSender, seconds: number): Promise<WatchedPoint> {
  sender.takeReading();
  const before = { cpuSeconds: task.cpuSeconds, ranSeconds: task.ranSeconds };
  await pass(seconds * 1000);
  const reading = sender.takeReading();
  refuse([
    ...(failedCount(reading.failures) === 0
      ? []
      : [`a task must answer while it is measured, got ${sender.lastFailure ?? 'a failed request'}`]),
    ...(reading.servedRequests > 0
      ? []
      : [`a task must answer within ${seconds} seconds to be measured, got no answer: give it more CPU or a lighter --path`]),
  ]);
  return {
    requestsPerSecond: reading.servedRequests / reading.seconds,
    cores: (task.cpuSeconds - before.cpuSeconds) / (task.ranSeconds - before.ranSeconds),
    latencySeconds: reading.latencySeconds / reading.servedRequests,
  };
}

/** Rejects when the task ends while it is measured. */
async function endOf(task: RehearsedTask): Promise<never> {
  const { code, signal, lastOutput } = await task.exited;
  throw new InvalidInput([`a task must live while it is measured, got an end with ${signal ?? `exit code ${code}`}\n${lastOutput.trim()}`]);
}

function workloadFrom(
  points: readonly WatchedPoint[],
  times: Pick<Workload, 'startSeconds' | 'stopSeconds'>,
  vcpu: number,
): MeasuredWorkload {
  const { cpuSecondsPerRequest, fixedCores, worstResidualCores } = fitCpu(points);
  // at the lowest rate requests hardly meet: what is not CPU is the way there and back.
  const baseLatencySeconds = Math.max(0, points[0]!.latencySeconds - cpuSecondsPerRequest);
  return {
    // memory and bytes are not watched: a rehearsal has no use for them.
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores, baseLatencySeconds, ...times },
    points,
    worstResidualShare: worstResidualCores / vcpu,
  };
}
