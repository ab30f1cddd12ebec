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

/** A throughput is found to within so small a share. */
const CLOSE = 1e-10;

/** More steps than any load was seen to take. */
const MOST_STEPS = 100;

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
  const load: ClosedLoad = { users, thinkSeconds: arrival.thinkSeconds, perTask: (users - 1) / users / tasks, service };
  const offeredPerSecond = Math.min(limitPerSecond, steadyRate(load, MOST_UTILIZATION * capacityPerSecond));
  const latency = service.latencyAt(load.perTask * offeredPerSecond);
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

interface ClosedLoad {
  readonly users: number;
  readonly thinkSeconds: number;
  /** The share of all requests that a request meets at its task. */
  readonly perTask: number;
  readonly service: TaskServer;
}

/** How many users too many, or too few where it is below 0, a rate would need. */
function surplus({ users, thinkSeconds, perTask, service }: ClosedLoad, ratePerSecond: number): number {
  return ratePerSecond * (thinkSeconds + service.meanAt(perTask * ratePerSecond)) - users;
}

/**
 * The rate that needs just the users that are there, or the most where they could send more.
 *
 * By false position, where an end that stays put is halved in weight (the Illinois method; Dowell and Jarratt, 1971): it takes some
 * seven steps, and is asked for in each simulated second.
 */
function steadyRate(load: ClosedLoad, mostPerSecond: number): number {
  let kept = { rate: 0, surplus: -load.users };
  let latest = { rate: mostPerSecond, surplus: surplus(load, mostPerSecond) };
  if (latest.surplus <= 0) return mostPerSecond;
  for (let step = 0; step < MOST_STEPS && Math.abs(latest.surplus) > CLOSE * load.users; step++) {
    const rate = latest.rate - (latest.surplus * (latest.rate - kept.rate)) / (latest.surplus - kept.surplus);
    const next = { rate, surplus: surplus(load, rate) };
    const isAcross = next.surplus > 0 !== latest.surplus > 0;
    kept = isAcross ? latest : { rate: kept.rate, surplus: kept.surplus / 2 };
    latest = next;
  }
  return latest.rate;
}
