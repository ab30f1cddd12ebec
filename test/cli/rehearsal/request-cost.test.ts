import { expect, test } from 'vitest';
import { requestCostIn } from '../../../cli/rehearsal/request-cost';
import type { Outcome, TimelineRow } from '../../../src/scenario/outcome';
import { parseFault } from '../../../src/scenario/parse-fault';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import { cpuTarget, searchPlan } from '../../search-plan';
import { happening, MEASURED, SCENARIO } from '../costly-requests';

test.each([0.5, 0.9, 1, 1.3, 1.6])('what a request cost is found when it was %f of what was measured', (times) => {
  expect(requestCostIn(happening(times), SCENARIO)! / MEASURED).toBeCloseTo(times, 1);
});

test('it is found beside a deployment', () => {
  expect(requestCostIn(happening(1.3, { faults: [parseFault('deploy at 9m')] }), SCENARIO)! / MEASURED).toBeCloseTo(1.3, 1);
});

test.each(['rps 50 for 20m', 'rps 5000 for 20m'])('it is not found where tasks have little to do, or fail: %s', (traffic) => {
  const plan = searchPlan(2, 2, [cpuTarget(70)]);
  expect(requestCostIn(happening(1, { traffic: parseTraffic(traffic), plan }), SCENARIO)).toBeUndefined();
});

/** A minute in which a request cost 0.1 ms: two tasks used 30 % of a quarter of a core, 0.0315 cores of it for nothing. */
const ROW = {
  offeredPerSecond: 870,
  requestsPerSecond: 870,
  failedRequests: 0,
  desiredCount: 2,
  runningCount: 2,
  healthyCount: 2,
  cpuUtilizationPercent: 30,
} as TimelineRow;

test.each<[string, Partial<TimelineRow>]>([
  ['in which a task came', { desiredCount: 3, runningCount: 3 }],
  ['in which a task is not healthy', { healthyCount: 1 }],
  ['in which requests failed', { failedRequests: 10 }],
  ['in which tasks had little to do', { cpuUtilizationPercent: 19 }],
  ['whose CPU is not known', { cpuUtilizationPercent: undefined }],
])('a minute %s does not count', (_, odd) => {
  const rows = [{}, {}, { requestsPerSecond: 1, ...odd }, { requestsPerSecond: 1, cpuUtilizationPercent: 10 }];
  const timeline = rows.map((row, index) => ({ ...ROW, ...row, atSeconds: 60 * (index + 1) }));
  expect(requestCostIn({ timeline, events: [] } as unknown as Outcome, SCENARIO)).toBeCloseTo(0.0001, 6);
});

test('a minute in which a fault was under way does not count', () => {
  const timeline = [0, 1, 2, 3].map((index) => ({ ...ROW, atSeconds: 60 * (index + 1), cpuUtilizationPercent: index === 2 ? 90 : 30 }));
  const events = [{ atSeconds: 130, kind: 'fault', fault: 'slow-task', durationSeconds: 60, description: '1 task was slowed' }];
  expect(requestCostIn({ timeline, events } as unknown as Outcome, SCENARIO)).toBeCloseTo(0.0001, 6);
});
