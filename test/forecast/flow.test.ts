import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowThrough } from '../../src/forecast/flow';
import { taskServerOf } from '../../src/forecast/task-server-of-workload';
import type { Arrival } from '../../src/scenario/traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';

const SERVICE_SECONDS = 0.01;
const BASE_SECONDS = 0.005;
const WORKLOAD = {
  ...MEASURED_SEARCH_WORKLOAD,
  cpuSecondsPerRequest: SERVICE_SECONDS / 4,
  fixedCores: 0,
  baseLatencySeconds: BASE_SECONDS,
};
const SERVICE = taskServerOf(WORKLOAD, 0.25);

function rps(value: number): Arrival {
  return { kind: 'rps', value, thinkSeconds: 0 };
}

function users(value: number, thinkSeconds = 0): Arrival {
  return { kind: 'users', value, thinkSeconds };
}

describe('an open load', () => {
  test.each([0.1, 0.5, 0.8, 0.9])('at a utilization of %d waits as M/M/1 with processor sharing says', (utilization) => {
    const flow = flowThrough(rps((2 * utilization) / SERVICE_SECONDS), 2, SERVICE);
    expect(flow.latency.mean - BASE_SECONDS).toBeCloseTo(SERVICE_SECONDS / (1 - utilization), 9);
  });

  test('is offered in full, whatever the capacity', () => {
    expect(flowThrough(rps(500), 2, SERVICE)).toMatchObject({ offeredPerSecond: 500, capacityPerSecond: 200 });
  });
});

/** Exact mean value analysis of users over equal tasks, by its recursion (Reiser and Lavenberg, 1980). */
function exactThroughput(population: number, tasks: number, pauseSeconds: number): number {
  let queue = 0;
  let throughput = 0;
  for (let count = 1; count <= population; count++) {
    const response = SERVICE_SECONDS * (1 + queue);
    throughput = count / (pauseSeconds + response);
    queue = (throughput / tasks) * response;
  }
  return throughput;
}

describe('a closed load', () => {
  test.each([
    [1, 2, 0.1],
    [10, 2, 0.1],
    [30, 2, 0.1],
    [100, 2, 0.1],
    [40, 6, 0.2],
    [500, 3, 1],
  ])('%d users over %d tasks, thinking %d s, are within a twentieth of the exact analysis', (population, tasks, think) => {
    const { offeredPerSecond } = flowThrough(users(population, think), tasks, SERVICE);
    const exact = exactThroughput(population, tasks, think + BASE_SECONDS);
    expect(Math.abs(offeredPerSecond / exact - 1)).toBeLessThan(0.05);
  });

  test("keeps Little's law, its capacity and its client's limit", () => {
    const anything = fc.tuple(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 10, noNaN: true }),
    );
    fc.assert(
      fc.property(anything, fc.double({ min: 1, max: 1e5, noNaN: true }), ([population, tasks, think], limit) => {
        const flow = flowThrough(users(population, think), tasks, SERVICE, limit);
        expect(flow.offeredPerSecond * (flow.latency.mean + think)).toBeCloseTo(population, 5);
        expect(flow.offeredPerSecond).toBeLessThanOrEqual(Math.min(limit, flow.capacityPerSecond));
        expect(flow.latency.mean).toBeGreaterThanOrEqual(BASE_SECONDS);
      }),
    );
  });

  test('of more users sends more, and of users who think longer sends less', () => {
    const population = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(population, fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 10, noNaN: true }), (count, tasks, think) => {
        const { offeredPerSecond, latency } = flowThrough(users(count, think), tasks, SERVICE);
        const more = flowThrough(users(count + 1, think), tasks, SERVICE);
        expect(more.offeredPerSecond).toBeGreaterThanOrEqual(offeredPerSecond * (1 - 1e-6));
        expect(more.latency.mean).toBeGreaterThanOrEqual(latency.mean * (1 - 1e-6));
        expect(flowThrough(users(count, think + 0.1), tasks, SERVICE).offeredPerSecond).toBeLessThanOrEqual(offeredPerSecond * (1 + 1e-6));
      }),
    );
  });

  test('of several cores a task is below the latency that Erlang C would give to an open load of the same rate', () => {
    const server = taskServerOf({ ...WORKLOAD, cpuSecondsPerRequest: 0.02 }, 4);
    const flow = flowThrough(users(300, 1), 2, server);
    expect(flow.latency.mean).toBeLessThan(server.latencyAt(flow.offeredPerSecond / 2).mean);
    expect(flow.offeredPerSecond * (flow.latency.mean + 1)).toBeCloseTo(300, 5);
  });

  test('of nobody sends nothing', () => {
    expect(flowThrough(users(0), 2, SERVICE).offeredPerSecond).toBe(0);
  });
});
