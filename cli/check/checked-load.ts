import { setTimeout as delay } from 'node:timers/promises';
import type { CheckedTask } from './checked-task';
import { type ConnectionLoad, type FailedRequest, LoadClients } from './load-clients';

const LOAD_SECONDS = 8;
const THOROUGH_SECONDS = 50;
const MEMORY_INTERVAL_MILLIS = 400;

/** The memory is not recorded for this time: a heap grows while the first requests come. */
const WARM_UP_SECONDS = 3;
const HEALTH_CHECK_PAUSE_MILLIS = 250;

/** What happened while clients kept the task busy. */
export interface TaskLoad {
  readonly seconds: number;
  readonly servedCount: number;
  readonly failures: readonly FailedRequest[];
  readonly connections: readonly ConnectionLoad[];
  readonly memory: readonly MemorySample[];
  readonly healthChecks: HealthChecks;
}

/** The memory of a task at one time. */
export interface MemorySample {
  readonly atSeconds: number;
  readonly memoryMiB: number;
}

/** The health checks during the load. */
export interface HealthChecks {
  readonly count: number;
  readonly failures: readonly string[];
  readonly slowestSeconds: number;
}

const loads = new WeakMap<CheckedTask, Promise<TaskLoad>>();

/** The load on a task that several checks assess; it runs when the first of them needs it. */
export function loadOf(task: CheckedTask): Promise<TaskLoad> {
  const load = loads.get(task) ?? runLoad(task);
  loads.set(task, load);
  return load;
}

/** Keeps the task busy, reads its memory, and sends health checks meanwhile. */
async function runLoad(task: CheckedTask): Promise<TaskLoad> {
  const seconds = task.options.isThorough ? THOROUGH_SECONDS : LOAD_SECONDS;
  const startedAtMillis = performance.now();
  const clients = new LoadClients(task.hostPort, task.options.paths);
  const [memory, healthChecks] = await Promise.all([sampleMemory(task, seconds), sendHealthChecks(task, seconds)]);
  const connections = clients.connections;
  const elapsedSeconds = (performance.now() - startedAtMillis) / 1000;
  const { servedCount } = clients;
  await clients.close();
  return { seconds: elapsedSeconds, servedCount, failures: clients.failures, connections, memory, healthChecks };
}

async function sampleMemory(task: CheckedTask, seconds: number): Promise<MemorySample[]> {
  const startedAtMillis = performance.now();
  const samples: MemorySample[] = [];
  for (;;) {
    const { memoryMiB } = task.handle;
    const atSeconds = (performance.now() - startedAtMillis) / 1000;
    const isFull = memoryMiB !== undefined && memoryMiB > task.plan.task.memoryMiB;
    if (memoryMiB !== undefined && (isFull || atSeconds >= WARM_UP_SECONDS)) samples.push({ atSeconds, memoryMiB });
    if (isFull || task.hasExited || atSeconds >= seconds) return samples;
    await delay(MEMORY_INTERVAL_MILLIS);
  }
}

async function sendHealthChecks(task: CheckedTask, seconds: number): Promise<HealthChecks> {
  const endsAtMillis = performance.now() + seconds * 1000;
  const failures: string[] = [];
  let [count, slowestSeconds] = [0, 0];
  while (performance.now() < endsAtMillis && !task.hasExited) {
    const sentAtMillis = performance.now();
    const failure = await task.healthCheckFailure();
    count += 1;
    if (failure !== undefined) failures.push(failure);
    slowestSeconds = Math.max(slowestSeconds, (performance.now() - sentAtMillis) / 1000);
    await delay(HEALTH_CHECK_PAUSE_MILLIS);
  }
  return { count, failures, slowestSeconds };
}
