import { expect, test } from 'vitest';
import { ModelledClient } from '../../src/forecast/modelled-client';
import { ModelledTask } from '../../src/forecast/tasks/modelled-task';
import type { RoutingAlgorithm } from '../../src/plan/routing';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

function healthyTask(): ModelledTask {
  const task = new ModelledTask(1, 0, 0);
  return Object.assign(task, { station: 'running', hasProcess: true, isListening: true, isRegistered: true, isHealthy: true });
}

/** The client of some tasks that answer 250 requests in a second each, unless told otherwise. */
function clientOf(
  traffic: string,
  tasks: readonly ModelledTask[],
  { cpuSecondsPerRequest = 0.001, algorithm = 'round_robin' as RoutingAlgorithm } = {},
) {
  const client = new ModelledClient(
    {
      plan: { ...searchPlan(1, 1, [cpuTarget(60)]), routing: { algorithm, slowStartSeconds: 0, mitigatesAnomalies: false } },
      workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores: 0, baseLatencySeconds: 0 },
      traffic: parseTraffic(traffic),
      behavior: AWS_BEHAVIOR,
      seed: 1,
    },
    { tasks: () => tasks, onOverload: () => {} },
  );
  let atSeconds = 0;
  const sendUntil = (seconds: number) => {
    while (atSeconds < seconds) atSeconds = client.sendUntil(seconds);
    return client.takeReading();
  };
  return { client, sendUntil };
}

test('an open load below capacity is answered in full, but for what is on its way', () => {
  const { client, sendUntil } = clientOf('rps 100 for 1m', [healthyTask()]);
  const { requests, servedRequests, inFlightRequests, seconds, users, outageSeconds } = sendUntil(10);
  expect({ requests, seconds, users, outageSeconds }).toEqual({ requests: 1000, seconds: 10, users: undefined, outageSeconds: 0 });
  expect(servedRequests + inFlightRequests).toBeCloseTo(1000, 9);
  expect(inFlightRequests).toBeLessThan(1);
  expect(client.cpuSeconds).toBeCloseTo(0.001 * servedRequests, 9);
});

test('without a task an open load fails as it comes', () => {
  const { requests, failures, outageSeconds, p50Millis } = clientOf('rps 100 for 1m', []).sendUntil(10);
  expect({ requests, outageSeconds, p50Millis }).toEqual({ requests: 1000, outageSeconds: 10, p50Millis: undefined });
  expect(failures['HTTP 503']).toBe(1000);
});

test('without a task a user fails, waits a moment and comes back', () => {
  const { users, requests, failures } = clientOf('users 10 think 900ms for 1m', []).sendUntil(10);
  expect([users, requests, failures['HTTP 503']]).toEqual([10, 100, 100]);
});

test('users who would wait for longer than a minute all fail, and the task works for nothing', () => {
  const { client, sendUntil } = clientOf('users 10000 for 5m', [healthyTask()], { cpuSecondsPerRequest: 0.1 });
  const { servedRequests, failures } = sendUntil(60);
  expect(servedRequests).toBe(0);
  expect(failures['HTTP 504']).toBeCloseTo((10_000 * 60) / 60.1, 0);
  expect(client.cpuSeconds).toBeCloseTo(0.25 * 60, 6);
});

test('a task that has not opened its port yet refuses what it is sent', () => {
  const starting = Object.assign(healthyTask(), { isListening: false });
  const { failures, servedRequests } = clientOf('rps 100 for 1m', [starting, healthyTask()]).sendUntil(10);
  expect(failures['HTTP 502']).toBeCloseTo(500, 6);
  expect(servedRequests).toBeCloseTo(500, 0);
});

test('a frozen task soon holds all users, who get nothing until the load balancer gives them up', () => {
  const [frozen, healthy] = [healthyTask(), healthyTask()];
  const { client, sendUntil } = clientOf('users 30 for 5m', [frozen, healthy]);
  sendUntil(10);
  client.rotation.settle();
  frozen.freezes = 1;
  client.freeze(frozen);
  client.refresh();
  const { servedRequests, inFlightRequests } = sendUntil(69);
  expect(servedRequests).toBeLessThan(200);
  expect(inFlightRequests).toBeCloseTo(30, 6);
  expect(sendUntil(72).failures['HTTP 504']).toBeGreaterThan(29);
});

test('with least outstanding requests, a frozen task holds no more than the others work on', () => {
  const [frozen, healthy] = [healthyTask(), healthyTask()];
  const { client, sendUntil } = clientOf('rps 200 for 5m', [frozen, healthy], { algorithm: 'least_outstanding_requests' });
  frozen.freezes = 1;
  client.refresh();
  expect(sendUntil(50).servedRequests).toBeGreaterThan(0.99 * 200 * 50);
});

test('a task that ends takes what it works on with it', () => {
  const task = healthyTask();
  const { client, sendUntil } = clientOf('rps 350 for 5m', [task]);
  sendUntil(60);
  const waiting = client.inFlight;
  client.rotation.settle();
  client.breakOff(task);
  Object.assign(task, { isListening: false, hasProcess: false, isRegistered: false, isHealthy: false });
  client.refresh();
  expect(client.takeReading().failures['HTTP 502']).toBeCloseTo(waiting, 6);
  expect(sendUntil(61).failures['HTTP 503']).toBe(350);
});
