import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queueingModelOf } from '../../../src/simulation/queueing/queueing-model';
import { rateWithoutMoreTimeouts, requestsToHeldTargets } from '../../../src/simulation/requests/simulated-closed-load';
import type { Users } from '../../../src/simulation/requests/simulated-users';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { groupOf } from './task-groups';

const SERVICE_SECONDS = 0.01;
const BASE_SECONDS = 0.005;
const WORKLOAD = {
  ...MEASURED_SEARCH_WORKLOAD,
  cpuSecondsPerRequest: SERVICE_SECONDS / 4,
  idleVcpu: 0,
  baseLatencySeconds: BASE_SECONDS,
};
const SERVER = queueingModelOf(WORKLOAD, 0.25);

function users(count: number, thinkSeconds = 0, limitPerSecond = Number.POSITIVE_INFINITY): Users {
  const waits = { pacingSeconds: 0, secondsPerRejectedRequest: 0.1, dependencyDelaySeconds: 0, idleTimeoutSeconds: 60 };
  return { count, thinkSeconds, ...waits, clientLimitPerSecond: limitPerSecond };
}

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

describe('the rate of users', () => {
  test.each([
    [1, 2, 0.1],
    [10, 2, 0.1],
    [30, 2, 0.1],
    [100, 2, 0.1],
    [40, 6, 0.2],
    [500, 3, 1],
  ])('%d of them over %d tasks, with a think time of %d s, is within a twentieth of the exact analysis', (population, tasks, think) => {
    const { perSecond } = rateWithoutMoreTimeouts(users(population, think), [groupOf(tasks, SERVER)], 0);
    const exact = exactThroughput(population, tasks, think + BASE_SECONDS);
    expect(Math.abs(perSecond / exact - 1)).toBeLessThan(0.05);
  });

  test("keeps Little's law, the capacity and the limit of the client, whatever the guess", () => {
    const anything = fc.tuple(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.double({ min: 1, max: 1e5, noNaN: true }),
    );
    fc.assert(
      fc.property(anything, fc.double({ min: 0, max: 1e6, noNaN: true }), ([population, tasks, think, limit], guess) => {
        const { perSecond, waitSeconds } = rateWithoutMoreTimeouts(users(population, think, limit), [groupOf(tasks, SERVER)], guess);
        const others = (population - 1) / population;
        const latency = SERVER.meanAt((others * perSecond) / tasks) + waitSeconds;
        expect(perSecond * (latency + think)).toBeCloseTo(population, 5);
        expect(perSecond).toBeLessThanOrEqual(Math.min(limit, tasks * SERVER.capacityPerSecond));
        expect(waitSeconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('does not depend on the guess', () => {
    const asked = (guess: number) => rateWithoutMoreTimeouts(users(70, 0.2), [groupOf(3, SERVER)], guess).perSecond;
    for (const guess of [1, 100, 299, 5000]) expect(asked(guess)).toBeCloseTo(asked(0), 6);
  });

  test('is limited by the slowest task under round robin: most of the users wait there', () => {
    const slow = queueingModelOf({ ...WORKLOAD, cpuSecondsPerRequest: 10 * WORKLOAD.cpuSecondsPerRequest }, 0.25);
    const slowest = groupOf(1, slow, 'served', 2);
    const { perSecond, bottleneck } = rateWithoutMoreTimeouts(users(50), [groupOf(1, SERVER, 'served', 2), slowest], 0);
    expect(perSecond).toBeCloseTo(2 * 0.999 * slow.capacityPerSecond, 6);
    expect(bottleneck).toBe(slowest);
  });

  test('counts the time of a 502 where half of the tasks refuse connections', () => {
    const { perSecond } = rateWithoutMoreTimeouts(
      users(10, 0.9),
      [groupOf(1, undefined, 'refused', 2), groupOf(1, SERVER, 'served', 2)],
      0,
    );
    // a think time of 0.9 s, a mean of 0.1 s for half of the requests, and about the service time for the others.
    expect(perSecond).toBeCloseTo(10 / (0.9 + 0.05 + 0.5 * 0.0155), 0);
  });

  test('is higher for more users, and lower for a longer think time', () => {
    const population = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(population, fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 10, noNaN: true }), (count, tasks, think) => {
        const rate = (some: number, thinkSeconds: number) =>
          rateWithoutMoreTimeouts(users(some, thinkSeconds), [groupOf(tasks, SERVER)], 0).perSecond;
        expect(rate(count + 1, think)).toBeGreaterThanOrEqual(rate(count, think) * (1 - 1e-6));
        expect(rate(count, think + 0.1)).toBeLessThanOrEqual(rate(count, think) * (1 + 1e-6));
      }),
    );
  });

  test('with several cores has a latency below that of an open load of the same rate by Erlang C', () => {
    const queueingModel = queueingModelOf({ ...WORKLOAD, cpuSecondsPerRequest: 0.02 }, 4);
    const { perSecond } = rateWithoutMoreTimeouts(users(300, 1), [groupOf(2, queueingModel)], 0);
    const latency = 300 / perSecond - 1;
    expect(latency).toBeLessThan(queueingModel.latencyAt(perSecond / 2).mean);
    expect(perSecond * (queueingModel.meanAt(((299 / 300) * perSecond) / 2) + 1)).toBeCloseTo(300, 5);
  });

  test('is 0 without users', () => {
    expect(rateWithoutMoreTimeouts(users(0), [groupOf(2, SERVER)], 5).perSecond).toBe(0);
  });
});

test('users with a pacing send at most one request in that time, also to targets that do not respond', () => {
  // they send one each second; half of those get no response.
  const paced = { ...users(100), pacingSeconds: 1 };
  expect(requestsToHeldTargets(paced, 100, 0.5, 0.01)).toBeCloseTo(100 * (1 - Math.exp(-0.005)), 9);
  // responses that take longer than the pacing leave nothing of it.
  expect(requestsToHeldTargets(paced, 25, 0.5, 0.01)).toBe(requestsToHeldTargets(users(100), 25, 0.5, 0.01));
});
