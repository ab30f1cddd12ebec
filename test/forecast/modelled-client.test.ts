import { expect, test } from 'vitest';
import { ModelledClient } from '../../src/forecast/modelled-client';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

function client(traffic: string, cpuSecondsPerRequest = 0.001): ModelledClient {
  return new ModelledClient({
    plan: searchPlan(1, 1, [cpuTarget(60)]),
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores: 0, baseLatencySeconds: 0 },
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  });
}

test('an open load below capacity is answered in full', () => {
  const asked = client('rps 100 for 1m');
  expect(asked.send(0, 10, 1)).toBe(1000);
  expect(asked.takeReading()).toMatchObject({ requests: 1000, servedRequests: 1000, seconds: 10, users: undefined });
});

test('an open load above capacity waits, and is given up after a minute of waiting', () => {
  const asked = client('rps 350 for 5m');
  asked.send(0, 60, 1);
  expect(asked.takeReading()).toMatchObject({ requests: 350 * 60, servedRequests: 250 * 60, inFlightRequests: 100 * 60 });
  asked.send(60, 240, 1);
  // 300 s bring 30,000 requests too many, and 15,000 of them may wait at a time.
  expect(asked.takeReading().failures).toMatchObject({ 'HTTP 504': 15_000 });
});

test('without a task an open load fails as it comes', () => {
  const asked = client('rps 100 for 1m');
  expect(asked.send(0, 10, 0)).toBe(0);
  expect(asked.takeReading()).toMatchObject({ requests: 1000, failures: { 'HTTP 503': 1000 }, outageSeconds: 10, p50Millis: undefined });
});

test('without a task a user fails, waits a moment and comes back', () => {
  const asked = client('users 10 think 900ms for 1m');
  asked.send(0, 10, 0);
  expect(asked.takeReading()).toMatchObject({ users: 10, requests: 100, failures: { 'HTTP 503': 100 } });
});

test('users who would wait for longer than a minute all fail, and the task works for nothing', () => {
  const asked = client('users 10000 for 5m', 0.1);
  expect(asked.send(0, 60, 1)).toBe(150);
  const { requests, failures } = asked.takeReading();
  expect(failures['HTTP 504']).toBe(requests);
  expect(requests).toBeCloseTo((10_000 * 60) / 60.1, 0);
});
