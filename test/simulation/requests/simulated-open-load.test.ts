import { describe, expect, test } from 'vitest';
import { queueingModelOf } from '../../../src/simulation/queueing/queueing-model';
import type { GroupList } from '../../../src/simulation/requests/group-list';
import { RequestCounts } from '../../../src/simulation/requests/request-counts';
import { RequestCpu } from '../../../src/simulation/requests/request-cpu';
import { SimulatedOpenLoad } from '../../../src/simulation/requests/simulated-open-load';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { listOf } from './task-groups';

const SERVICE_SECONDS = 0.01;
const BASE_SECONDS = 0.005;
const WORKLOAD = {
  ...MEASURED_SEARCH_WORKLOAD,
  cpuSecondsPerRequest: SERVICE_SECONDS / 4,
  idleVcpu: 0,
  baseLatencySeconds: BASE_SECONDS,
};

/** Sends the requests of a second, at a rate of all tasks. */
function sender(list: GroupList, counts: RequestCounts): (perSecond: number) => void {
  const openLoad = new SimulatedOpenLoad({ counts, cpu: new RequestCpu(), cost: WORKLOAD, maxResponseSeconds: 5 });
  return (perSecond) => void openLoad.send(list, { perSecond, seconds: 1, dependencyDelaySeconds: 0 });
}

/** The result of seconds at a rate, at two tasks that serve 100 requests per second each; earlier requests are not counted. */
function outcomeOf(seconds: number, perSecondOfTask: number, secondsBefore = 0) {
  const list = listOf(2, queueingModelOf(WORKLOAD, 0.25));
  const group = list.groups[0]!;
  const counts = new RequestCounts(BASE_SECONDS, 60);
  const send = sender(list, counts);
  for (let second = 0; second < secondsBefore; second++) send(2 * perSecondOfTask);
  counts.take();
  for (let second = 0; second < seconds; second++) send(2 * perSecondOfTask);
  return { inFlight: group.count * group.inFlightPerTask, ...counts.take() };
}

describe('an open load', () => {
  test.each([0.1, 0.5, 0.8, 0.9])('at a utilization of %d has the latency of M/M/1 with processor sharing', (utilization) => {
    const { latencySeconds, servedRequests } = outcomeOf(60, utilization / SERVICE_SECONDS, 60);
    expect(latencySeconds / servedRequests - BASE_SECONDS).toBeCloseTo(SERVICE_SECONDS / (1 - utilization), 6);
  });

  test.each([10, 50, 90])("keeps Little's law: at %d requests per second, rate × latency are in flight", (perSecond) => {
    const { inFlight, latencySeconds, servedRequests } = outcomeOf(60, perSecond, 60);
    expect(inFlight).toBeCloseTo((2 * perSecond * latencySeconds) / servedRequests, 6);
  });

  test('above the capacity waits, and times out after a minute', () => {
    const minute = outcomeOf(60, 150);
    expect(minute.requests).toBe(18_000);
    // all but what the tasks could have served before their queue was full.
    expect(minute.servedRequests).toBeGreaterThan(0.995 * 12_000);
    expect(minute.inFlight).toBeCloseTo(18_000 - minute.servedRequests, 6);
    const hour = outcomeOf(3600, 150);
    // 60 seconds of work may wait; all requests beyond that time out.
    expect(hour.inFlight).toBe(12_000);
    expect(hour.failures['HTTP 504']).toBeCloseTo(3600 * 100 - 12_000, -2);
  });

  test('that ends leaves waiting requests, which are served', () => {
    const list = listOf(1, queueingModelOf(WORKLOAD, 0.25));
    const group = list.groups[0]!;
    const send = sender(list, new RequestCounts(BASE_SECONDS, 60));
    group.inFlightPerTask = 250;
    const left = [0, 1, 2, 3].map(() => {
      send(0);
      return group.inFlightPerTask;
    });
    expect(left).toEqual([150, 50, 0, 0]);
  });
});
