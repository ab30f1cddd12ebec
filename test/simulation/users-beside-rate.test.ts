import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/math/seeded-random';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { SimulatedClient } from '../../src/simulation/simulated-client';
import { SimulatedTask } from '../../src/simulation/tasks/simulated-task';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const SECONDS = 200;
/** A task of a quarter of a core serves 250 of these per second. */
const CPU_SECONDS = 0.001;
const CORES = 0.25;

interface Both {
  readonly users: number;
  readonly thinkSeconds: number;
  readonly rate: number;
}

/** Every request of users and of a rate at one task whose requests share its CPU, one event after the other. */
function requestsOneByOne({ users, thinkSeconds, rate }: Both): { requests: number; meanSeconds: number } {
  const random = new SeededRandom(7);
  const exponential = (mean: number): number => -mean * Math.log(1 - random.uniform());
  /** What each request in service still needs, and whether it is a user's. */
  let inService: { left: number; isUser: boolean; sinceSeconds: number }[] = [];
  let thinking = Array.from({ length: users }, () => random.uniform() * thinkSeconds);
  let nextOfRate = rate > 0 ? exponential(1 / rate) : Number.POSITIVE_INFINITY;
  let [now, requests, waited] = [0, 0, 0];
  while (now < SECONDS) {
    const speed = CORES / Math.max(1, inService.length);
    const first = inService.reduce((least, { left }) => Math.min(least, left), Number.POSITIVE_INFINITY);
    const nextOfUser = thinking.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    const next = Math.min(nextOfRate, nextOfUser, now + first / speed);
    for (const request of inService) request.left -= (next - now) * speed;
    now = next;
    const ended = inService.filter(({ left }) => left <= 1e-12);
    inService = inService.filter(({ left }) => left > 1e-12);
    requests += ended.length;
    waited += ended.reduce((sum, { sinceSeconds }) => sum + now - sinceSeconds, 0);
    thinking.push(...ended.filter(({ isUser }) => isUser).map(() => now + exponential(thinkSeconds)));
    const arrived = thinking.filter((at) => at <= now).length;
    thinking = thinking.filter((at) => at > now);
    for (let count = 0; count < arrived; count++) inService.push({ left: exponential(CPU_SECONDS), isUser: true, sinceSeconds: now });
    if (nextOfRate > now) continue;
    inService.push({ left: exponential(CPU_SECONDS), isUser: false, sinceSeconds: now });
    nextOfRate = now + exponential(1 / rate);
  }
  return { requests, meanSeconds: waited / requests };
}

function forecastOf({ users, thinkSeconds, rate }: Both): { requests: number; meanSeconds: number } {
  return forecastOfTraffic(`users ${users} think ${1000 * thinkSeconds}ms beside rps ${rate} for ${SECONDS}s`);
}

function forecastOfTraffic(words: string): { requests: number; meanSeconds: number; meanSecondsAtTask: number } {
  const task = new SimulatedTask(1, 0, 0);
  Object.assign(task, { status: 'RUNNING', isContainerRunning: true, isListening: true, isRegistered: true, isHealthy: true });
  const client = new SimulatedClient(
    {
      plan: searchPlan(1, 1, [cpuTarget(60)]),
      workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: CPU_SECONDS, idleVcpu: 0, baseLatencySeconds: 0 },
      traffic: parseTraffic(words),
      behavior: AWS_BEHAVIOR,
      seed: 1,
    },
    { tasks: { onTaskChange: (listener) => listener(task) }, onOverloadChange: () => {} },
  );
  for (let atSeconds = 0; atSeconds < SECONDS; ) atSeconds = client.sendUntil(SECONDS);
  const { servedRequests, latencySeconds } = client.takeMeasurements();
  const meanSecondsAtTask = client.counts.responseSeconds.mean / servedRequests;
  return { requests: servedRequests, meanSeconds: (latencySeconds ?? 0) / servedRequests, meanSecondsAtTask };
}

test.each([
  { users: 20, thinkSeconds: 1, rate: 100 },
  { users: 100, thinkSeconds: 1, rate: 100 },
  { users: 150, thinkSeconds: 1, rate: 100 },
  { users: 400, thinkSeconds: 1, rate: 100 },
  { users: 20, thinkSeconds: 0.01, rate: 150 },
  { users: 1, thinkSeconds: 0.05, rate: 200 },
])('users beside a rate are as many requests as one by one, and about as slow: %j', (both) => {
  const truth = requestsOneByOne(both);
  const forecast = forecastOf(both);
  expect(Math.abs(forecast.requests / truth.requests - 1)).toBeLessThan(0.01);
  expect(Math.abs(forecast.meanSeconds / truth.meanSeconds - 1)).toBeLessThan(0.25);
});

describe('users whose client limits their rate wait in it', () => {
  test.each(['users 100 think 1s', 'users 100 pacing 2s', 'users 100 think 4s pacing 6s'])(
    'as long beside no rate as without one: %s',
    (users) => {
      const { requests, meanSeconds } = forecastOfTraffic(`${users} for ${SECONDS}s, at most 20 rps`);
      const beside = forecastOfTraffic(`${users} beside rps 0 for ${SECONDS}s, at most 20 rps`);
      expect(beside.requests / requests).toBeCloseTo(1, 2);
      expect(beside.meanSeconds / meanSeconds).toBeCloseTo(1, 6);
    },
  );

  test('for what the rate beside them leaves of the limit, which itself does not wait', () => {
    const { meanSeconds } = forecastOfTraffic(`users 60 think 1s beside rps 5 for ${SECONDS}s, at most 20 rps`);
    // of four requests, three are of users and wait: 60 / 15 - 1.
    expect(meanSeconds).toBeCloseTo((3 / 4) * 3, 1);
  });

  test.each(['', ' beside rps 5'])('which is no response time of the load balancer: users%s', (beside) => {
    const { meanSeconds, meanSecondsAtTask } = forecastOfTraffic(`users 60 think 1s${beside} for ${SECONDS}s, at most 20 rps`);
    expect(meanSeconds).toBeGreaterThan(1.9);
    expect(meanSecondsAtTask).toBeLessThan(0.1);
  });

  test('not at all where the limit is not reached', () => {
    expect(forecastOfTraffic(`users 10 think 1s beside rps 5 for ${SECONDS}s, at most 20 rps`).meanSeconds).toBeLessThan(0.1);
  });
});
