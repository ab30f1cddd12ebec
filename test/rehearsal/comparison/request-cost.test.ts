import { expect, test } from 'vitest';
import { requestCostIn } from '../../../rehearsal/comparison/request-cost';
import { parseFault } from '../../../src/faults/fault-grammar';
import type { Outcome, TimelineRow } from '../../../src/run/outcome';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { cpuTarget, searchPlan } from '../../search-plan';
import { MEASURED, outcomeWithCost, SCENARIO } from './costly-requests';

test.each([0.5, 0.9, 1, 1.3, 1.6])('finds a cost that is %f times the measured one', (times) => {
  expect(requestCostIn(outcomeWithCost(times), SCENARIO)!.seconds / MEASURED).toBeCloseTo(times, 1);
});

test('finds the cost if the run has a deployment', () => {
  expect(requestCostIn(outcomeWithCost(1.3, { faults: [parseFault('deploy at 9m')] }), SCENARIO)!.seconds / MEASURED).toBeCloseTo(1.3, 1);
});

test.each(['rps 50 for 20m', 'rps 5000 for 20m'])('finds no cost if tasks are hardly busy, or requests fail: %s', (traffic) => {
  const plan = searchPlan(2, 2, [cpuTarget(70)]);
  expect(requestCostIn(outcomeWithCost(1, { traffic: parseTraffic(traffic), plan }), SCENARIO)).toBeUndefined();
});

test('compares the cost with what the wake-ups of the measurement add at the same rates', () => {
  const workload = { ...SCENARIO.workload, cpuSecondsPerWakeUp: MEASURED };
  const { seconds, measuredSeconds } = requestCostIn(outcomeWithCost(1, {}), { ...SCENARIO, workload })!;
  expect(measuredSeconds).toBeGreaterThan(1.2 * seconds);
  expect(measuredSeconds).toBeLessThan(2 * MEASURED);
});

/** A minute in which a request cost 0.1 ms: two tasks used 30 % of a quarter of a core, 0.0315 cores of it while idle. */
const ROW = {
  sentRequestsPerSecond: 870,
  servedRequestsPerSecond: 870,
  failedRequests: 0,
  desiredCount: 2,
  runningCount: 2,
  healthyCount: 2,
  cpuUtilizationPercent: 30,
} as TimelineRow;

test.each<[string, Partial<TimelineRow>]>([
  ['in which a task starts', { desiredCount: 3, runningCount: 3 }],
  ['in which a task is unhealthy', { healthyCount: 1 }],
  ['with failed requests', { failedRequests: 10 }],
  ['with little CPU', { cpuUtilizationPercent: 19 }],
  ['with unknown CPU', { cpuUtilizationPercent: undefined }],
])('a minute %s does not count', (_, changes) => {
  const rows = [{}, {}, { servedRequestsPerSecond: 1, ...changes }, { servedRequestsPerSecond: 1, cpuUtilizationPercent: 10 }];
  const timeline = rows.map((row, index) => ({ ...ROW, ...row, atSeconds: 60 * (index + 1) }));
  expect(requestCostIn({ timeline, events: [] } as unknown as Outcome, SCENARIO)!.seconds).toBeCloseTo(0.0001, 6);
});

test('a minute with an active fault does not count', () => {
  const timeline = [0, 1, 2, 3].map((index) => ({ ...ROW, atSeconds: 60 * (index + 1), cpuUtilizationPercent: index === 2 ? 90 : 30 }));
  const events = [{ atSeconds: 130, kind: 'fault', fault: 'slow-task', durationSeconds: 60, description: '1 task was slowed' }];
  expect(requestCostIn({ timeline, events } as unknown as Outcome, SCENARIO)!.seconds).toBeCloseTo(0.0001, 6);
});
