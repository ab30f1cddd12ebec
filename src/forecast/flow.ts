import type { Arrival } from '../scenario/traffic';
import type { LatencyBand, TaskServer } from './latency';
import { MOST_UTILIZATION } from './tabulated-server';

/** What a number of equal tasks make of the requests that arrive. */
export interface Flow {
  /** Requests that the tasks can answer, at most and together. */
  readonly capacityPerSecond: number;
  /** Requests that are sent. */
  readonly offeredPerSecond: number;
  /** How long an answer takes where nothing has piled up from before. */
  readonly latency: LatencyBand;
}

/** Halvings that find a throughput to within a billionth of the capacity. */
const HALVINGS = 30;

/** The flow of what arrives through a number of tasks. */
export function flowThrough(arrival: Arrival, tasks: number, service: TaskServer, limitPerSecond = Number.POSITIVE_INFINITY): Flow {
  return arrival.kind === 'users'
    ? closedFlow(arrival, tasks, service, limitPerSecond)
    : openFlow(Math.min(arrival.value, limitPerSecond), tasks, service);
}

function openFlow(offeredPerSecond: number, tasks: number, service: TaskServer): Flow {
  const perTask = Math.min(offeredPerSecond / tasks, MOST_UTILIZATION * service.capacityPerSecond);
  return { capacityPerSecond: tasks * service.capacityPerSecond, offeredPerSecond, latency: service.latencyAt(perTask) };
}

/**
 * Users who wait for their answer slow themselves down: their rate is the one at which rate × (think time + latency)
 * is their number (Little's law). A request meets the requests of the *other* users only (Schweitzer's approximation of
 * mean value analysis, 1979).
 */
function closedFlow(arrival: Arrival, tasks: number, service: TaskServer, limitPerSecond: number): Flow {
  const users = arrival.value;
  const capacityPerSecond = tasks * service.capacityPerSecond;
  if (users <= 0) return { capacityPerSecond, offeredPerSecond: 0, latency: service.latencyAt(0) };
  const others = (users - 1) / users;
  const perTask = others / tasks;
  const present = (ratePerSecond: number): number => ratePerSecond * (arrival.thinkSeconds + service.meanAt(perTask * ratePerSecond));
  const offeredPerSecond = Math.min(limitPerSecond, rootOf(present, users, MOST_UTILIZATION * capacityPerSecond));
  const latency = service.latencyAt(perTask * offeredPerSecond);
  return { capacityPerSecond, offeredPerSecond, latency: latencyOfUsers(arrival, offeredPerSecond, latency) };
}

/** Where capacity or the client is the limit, users wait for longer than the tasks take: who does not think is waiting. */
function latencyOfUsers(arrival: Arrival, ratePerSecond: number, latency: LatencyBand): LatencyBand {
  const queue = Math.max(0, arrival.value / ratePerSecond - arrival.thinkSeconds - latency.mean);
  return delayed(latency, queue);
}

/** A latency with a wait on top. */
export function delayed({ mean, p50, p95, p95Low, p95High }: LatencyBand, waitSeconds: number): LatencyBand {
  return {
    mean: mean + waitSeconds,
    p50: p50 + waitSeconds,
    p95: p95 + waitSeconds,
    p95Low: p95Low + waitSeconds,
    p95High: p95High + waitSeconds,
  };
}

/** Where a growing function reaches a value, or the most where it does not. */
function rootOf(growing: (rate: number) => number, value: number, most: number): number {
  if (growing(most) <= value) return most;
  let low = 0;
  let high = most;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (growing(middle) < value) low = middle;
    else high = middle;
  }
  return low;
}
