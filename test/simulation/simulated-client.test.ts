import { describe, expect, test } from 'vitest';
import type { RoutingAlgorithm } from '../../src/plan/routing';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { SimulatedClient } from '../../src/simulation/simulated-client';
import { SimulatedTask } from '../../src/simulation/tasks/simulated-task';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

function healthyTask(number = 1): SimulatedTask {
  const task = new SimulatedTask(number, 0, 0);
  return Object.assign(task, { status: 'RUNNING', isContainerRunning: true, isListening: true, isRegistered: true, isHealthy: true });
}

/** Reports each task once, and when it changes. */
function reportAll(tasks: readonly SimulatedTask[], listener: (task: SimulatedTask) => void): void {
  for (const task of tasks) {
    task.onUpdate = () => listener(task);
    listener(task);
  }
}

/** The client of tasks that serve 250 requests per second each by default. */
function clientOf(
  traffic: string,
  tasks: readonly SimulatedTask[],
  { cpuSecondsPerRequest = 0.001, algorithm = 'round_robin' as RoutingAlgorithm } = {},
) {
  const client = new SimulatedClient(
    {
      plan: { ...searchPlan(1, 1, [cpuTarget(60)]), routing: { algorithm, slowStartSeconds: 0, enableAnomalyMitigation: false } },
      workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, idleVcpu: 0, baseLatencySeconds: 0 },
      traffic: parseTraffic(traffic),
      behavior: AWS_BEHAVIOR,
      seed: 1,
    },
    { tasks: { onTaskChange: (listener) => reportAll(tasks, listener) }, onOverloadChange: () => {} },
  );
  let atSeconds = 0;
  const sendUntil = (seconds: number) => {
    while (atSeconds < seconds) atSeconds = client.sendUntil(seconds);
    return client.takeMeasurements();
  };
  return { client, sendUntil };
}

test('an open load below the capacity is served in full, except for the requests in flight', () => {
  const { client, sendUntil } = clientOf('rps 100 for 1m', [healthyTask()]);
  const { requests, servedRequests, inFlightRequests, seconds, users, outageSeconds } = sendUntil(10);
  expect({ requests, seconds, users, outageSeconds }).toEqual({ requests: 1000, seconds: 10, users: undefined, outageSeconds: 0 });
  expect(servedRequests + inFlightRequests).toBeCloseTo(1000, 9);
  expect(inFlightRequests).toBeLessThan(1);
  expect(client.cpu.seconds).toBeCloseTo(0.001 * servedRequests, 9);
});

test('without a task an open load fails at once', () => {
  const { requests, failures, outageSeconds, p50Millis } = clientOf('rps 100 for 1m', []).sendUntil(10);
  expect({ requests, outageSeconds, p50Millis }).toEqual({ requests: 1000, outageSeconds: 10, p50Millis: undefined });
  expect(failures['HTTP 503']).toBe(1000);
});

test('without a task a user gets a 503, pauses and retries', () => {
  const { users, requests, failures } = clientOf('users 10 think 900ms for 1m', []).sendUntil(10);
  expect([users, requests, failures['HTTP 503']]).toEqual([10, 100, 100]);
});

test('users who would wait for longer than a minute all time out, while the task is busy', () => {
  const { client, sendUntil } = clientOf('users 10000 for 5m', [healthyTask()], { cpuSecondsPerRequest: 0.1 });
  const { servedRequests, failures } = sendUntil(60);
  expect(servedRequests).toBe(0);
  expect(failures['HTTP 504']).toBeCloseTo((10_000 * 60) / 60.1, 0);
  expect(client.cpu.seconds).toBeCloseTo(0.25 * 60, 6);
});

test('a task that does not listen yet refuses connections', () => {
  const starting = Object.assign(healthyTask(), { isListening: false });
  const { failures, servedRequests } = clientOf('rps 100 for 1m', [starting, healthyTask(2)]).sendUntil(10);
  expect(failures['HTTP 502']).toBeCloseTo(500, 6);
  expect(servedRequests).toBeCloseTo(500, 0);
});

test('a paused task soon holds the requests of all users until the idle timeout', () => {
  const [paused, healthy] = [healthyTask(), healthyTask(2)];
  const { client, sendUntil } = clientOf('users 30 for 5m', [paused, healthy]);
  sendUntil(10);
  client.targets.beforeTaskChange();
  paused.update({ pauseFaultCount: 1 });
  client.pause(paused);
  client.refresh();
  const { servedRequests, inFlightRequests } = sendUntil(69);
  expect(servedRequests).toBeLessThan(200);
  expect(inFlightRequests).toBeCloseTo(30, 6);
  expect(sendUntil(72).failures['HTTP 504']).toBeGreaterThan(29);
});

test('with least outstanding requests, a paused task holds no more requests than the others have in flight', () => {
  const [paused, healthy] = [healthyTask(), healthyTask(2)];
  const { client, sendUntil } = clientOf('rps 200 for 5m', [paused, healthy], { algorithm: 'least_outstanding_requests' });
  paused.update({ pauseFaultCount: 1 });
  client.refresh();
  expect(sendUntil(50).servedRequests).toBeGreaterThan(0.99 * 200 * 50);
});

test('a task that exits fails its requests in flight', () => {
  const task = healthyTask();
  const { client, sendUntil } = clientOf('rps 350 for 5m', [task]);
  sendUntil(60);
  const waiting = client.inFlightRequests;
  client.targets.beforeTaskChange();
  client.failRequestsOf(task);
  task.update({ isListening: false, isContainerRunning: false, isRegistered: false, isHealthy: false });
  client.refresh();
  expect(client.takeMeasurements().failures['HTTP 502']).toBeCloseTo(waiting, 6);
  expect(sendUntil(61).failures['HTTP 503']).toBe(350);
});

describe('users beside a rate', () => {
  const served = (traffic: string, seconds = 60, options = {}): number =>
    clientOf(traffic, [healthyTask(), healthyTask(2)], options).sendUntil(seconds).servedRequests;

  test('add up while the tasks have capacity left', () => {
    expect(served('users 100 think 1s beside rps 60 for 1m')).toBeCloseTo(
      served('users 100 think 1s for 1m') + served('rps 60 for 1m'),
      -2,
    );
  });

  test('of 0 requests per second serve what users alone do', () => {
    expect(served('users 100 think 1s beside rps 0 for 1m') / served('users 100 think 1s for 1m')).toBeCloseTo(1, 2);
    // saturated: the tasks decide how many they send.
    expect(served('users 100 beside rps 0 for 1m') / served('users 100 for 1m')).toBeCloseTo(1, 2);
  });

  test('leave the rate its part: users get what it leaves', () => {
    const { servedRequests, requests } = clientOf('users 100 beside rps 200 for 5m', [healthyTask()]).sendUntil(300);
    expect(servedRequests / 300 / 250).toBeGreaterThan(0.99);
    expect((requests - servedRequests) / requests).toBeLessThan(0.02);
  });

  test('wait in the queue of a rate above the capacity', () => {
    const { client, sendUntil } = clientOf('users 10 think 1s beside rps 260 for 5m', [healthyTask()]);
    const { requests } = sendUntil(300);
    expect(requests).toBeGreaterThan(260 * 300);
    // alone, they would send 10 a second.
    expect(requests).toBeLessThan(260 * 300 + 10 * 300 * 0.5);
    expect(client.inFlightRequests).toBeGreaterThan(1000);
  });

  test('are limited together by the client: the rate first', () => {
    const { requests, users } = clientOf('users 100 think 100ms beside rps 60 for 1m, at most 80 rps', [healthyTask()]).sendUntil(60);
    expect(requests / 60).toBeCloseTo(80, 0);
    expect(users).toBe(100);
  });

  test('a paused task holds the requests of both: in the end no user is left, and the rate goes on', () => {
    const [paused, healthy] = [healthyTask(), healthyTask(2)];
    const { client, sendUntil } = clientOf('users 30 beside rps 40 for 5m', [paused, healthy]);
    sendUntil(10);
    client.targets.beforeTaskChange();
    paused.update({ pauseFaultCount: 1 });
    client.pause(paused);
    client.refresh();
    sendUntil(40);
    const { requests, servedRequests, failures } = sendUntil(60);
    expect(requests / 20).toBeCloseTo(40, 0);
    expect(servedRequests / 20).toBeCloseTo(20, 0);
    expect(failures['HTTP 504']).toBe(0);
    // after a minute those of the first users time out, and they send again.
    expect(sendUntil(75).failures['HTTP 504']).toBeGreaterThan(30);
  });

  test('both fail at once without a task', () => {
    const { requests, failures } = clientOf('users 10 think 900ms beside rps 100 for 1m', []).sendUntil(10);
    expect([requests, failures['HTTP 503']]).toEqual([1100, 1100]);
  });
});
