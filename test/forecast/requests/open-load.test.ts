import { describe, expect, test } from 'vitest';
import { sendOpen } from '../../../src/forecast/requests/open-load';
import { RequestCounts } from '../../../src/forecast/requests/request-counts';
import { taskServerOf } from '../../../src/forecast/task-server-of-workload';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { groupOf } from './task-groups';

const SERVICE_SECONDS = 0.01;
const BASE_SECONDS = 0.005;
const WORKLOAD = {
  ...MEASURED_SEARCH_WORKLOAD,
  cpuSecondsPerRequest: SERVICE_SECONDS / 4,
  fixedCores: 0,
  baseLatencySeconds: BASE_SECONDS,
};

/** What came of so many seconds at a rate, at two tasks that answer 100 requests in a second each; what came before is not counted. */
function outcomeOf(seconds: number, perSecondOfTask: number, secondsBefore = 0) {
  const group = groupOf(2, taskServerOf(WORKLOAD, 0.25));
  const counts = new RequestCounts(BASE_SECONDS);
  const send = (): unknown => sendOpen(group, perSecondOfTask, 1, 0, counts);
  for (let second = 0; second < secondsBefore; second++) send();
  counts.take();
  for (let second = 0; second < seconds; second++) send();
  return { inFlight: group.count * group.inFlight, ...counts.take() };
}

describe('an open load', () => {
  test.each([0.1, 0.5, 0.8, 0.9])('at a utilization of %d waits as M/M/1 with processor sharing says', (utilization) => {
    const { latencySeconds, servedRequests } = outcomeOf(60, utilization / SERVICE_SECONDS, 60);
    expect(latencySeconds / servedRequests - BASE_SECONDS).toBeCloseTo(SERVICE_SECONDS / (1 - utilization), 6);
  });

  test.each([10, 50, 90])("keeps Little's law: at %d requests a second, rate times latency are in flight", (perSecond) => {
    const { inFlight, latencySeconds, servedRequests } = outcomeOf(60, perSecond, 60);
    expect(inFlight).toBeCloseTo((2 * perSecond * latencySeconds) / servedRequests, 6);
  });

  test('above capacity waits, and is given up after a minute of waiting', () => {
    const minute = outcomeOf(60, 150);
    expect(minute.requests).toBe(18_000);
    // all but what the tasks could have answered before there was enough to do.
    expect(minute.servedRequests).toBeGreaterThan(0.995 * 12_000);
    expect(minute.inFlight).toBeCloseTo(18_000 - minute.servedRequests, 6);
    const hour = outcomeOf(3600, 150);
    // 60 seconds of work may wait; all that comes beyond is given up.
    expect(hour.inFlight).toBe(12_000);
    expect(hour.failures['HTTP 504']).toBeCloseTo(3600 * 100 - 12_000, -2);
  });

  test('that ends leaves what waits to be answered', () => {
    const group = groupOf(1, taskServerOf(WORKLOAD, 0.25));
    const counts = new RequestCounts(BASE_SECONDS);
    group.inFlight = 250;
    const left = [0, 1, 2, 3].map(() => {
      sendOpen(group, 0, 1, 0, counts);
      return group.inFlight;
    });
    expect(left).toEqual([150, 50, 0, 0]);
  });
});
