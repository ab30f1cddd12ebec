import type { Arrival } from '../scenario/traffic';
import type { Workload } from '../scenario/workload';

/** What a number of equal tasks make of the requests that arrive. */
export interface Flow {
  /** Requests that the tasks can answer, at most and together. */
  readonly capacityPerSecond: number;
  /** Requests that are sent. */
  readonly offeredPerSecond: number;
  /** Mean time to an answer where nothing has piled up from before. */
  readonly latencySeconds: number;
}

/** CPU cores that one task has left for requests. */
export function requestCores(workload: Workload, vcpu: number): number {
  return Math.max(0, vcpu - workload.fixedCores);
}

/**
 * The flow through a fleet whose tasks share their CPU evenly among the
 * requests they hold (processor sharing; M/G/1-PS, Harchol-Balter 2013, ch. 30).
 */
export function flowThrough(arrival: Arrival, tasks: number, service: Service, limitPerSecond = Number.POSITIVE_INFINITY): Flow {
  const capacityPerSecond = tasks / service.serviceSeconds;
  return arrival.kind === 'users'
    ? closedFlow(arrival, tasks, service, limitPerSecond)
    : openFlow(Math.min(arrival.value, limitPerSecond), capacityPerSecond, service);
}

/** One task as a server of requests. */
export interface Service {
  /** Time of a request that has a task to itself. */
  readonly serviceSeconds: number;
  readonly baseLatencySeconds: number;
}

export function serviceOf(workload: Workload, vcpu: number): Service {
  const cores = requestCores(workload, vcpu);
  return {
    serviceSeconds: workload.cpuSecondsPerRequest / cores,
    // one request runs on one core at most, however many its task has.
    baseLatencySeconds: workload.baseLatencySeconds + Math.max(0, workload.cpuSecondsPerRequest * (1 - 1 / cores)),
  };
}

function openFlow(offeredPerSecond: number, capacityPerSecond: number, service: Service): Flow {
  const utilization = Math.min(0.999, offeredPerSecond / capacityPerSecond);
  return {
    capacityPerSecond,
    offeredPerSecond,
    latencySeconds: service.baseLatencySeconds + service.serviceSeconds / (1 - utilization),
  };
}

/**
 * Users who wait for their answer slow themselves down: with Schweitzer's
 * approximation of mean value analysis (1979) a request meets the requests of
 * the other users only, which makes the throughput the root of a quadratic.
 */
function closedFlow(arrival: Arrival, tasks: number, service: Service, limitPerSecond: number): Flow {
  const { serviceSeconds, baseLatencySeconds } = service;
  const capacityPerSecond = tasks / serviceSeconds;
  const users = arrival.value;
  if (users <= 0) return { capacityPerSecond, offeredPerSecond: 0, latencySeconds: baseLatencySeconds + serviceSeconds };
  const others = (users - 1) / users;
  const pause = (tasks * (arrival.thinkSeconds + baseLatencySeconds)) / serviceSeconds;
  const linear = pause + tasks + users * others;
  const root = (2 * users) / (linear + Math.sqrt(linear * linear - 4 * pause * others * users));
  const offeredPerSecond = Math.min(limitPerSecond, capacityPerSecond, root * capacityPerSecond);
  // Little's law: who is not thinking is waiting.
  return { capacityPerSecond, offeredPerSecond, latencySeconds: users / offeredPerSecond - arrival.thinkSeconds };
}
