import { describe, expect, test } from 'vitest';
import { compare } from '../../src/decide/compare';
import { changedPlan, type PlanChanges } from '../../src/plan/changed-plan';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const PLAN = searchPlan(2, 4, [cpuTarget(70)]);

function scenario(traffic: string, changes: PlanChanges = {}): Scenario {
  return {
    plan: changedPlan(PLAN, changes),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
}

describe('one task more', () => {
  const traffic = 'rps 500 for 10m, rps 4500 for 5m';
  const { rows, tradeOffs, seeds } = compare(
    [
      { name: '2 tasks', scenario: scenario(traffic) },
      { name: '3 tasks', scenario: scenario(traffic, { minCapacity: 3 }) },
    ],
    { seeds: 10 },
  );

  test('fails fewer requests, and costs more', () => {
    expect(seeds).toBe(10);
    expect(rows.map(({ name }) => name)).toEqual(['2 tasks', '3 tasks']);
    const [two, three] = rows;
    expect(two!.failedRequests.median).toBeGreaterThan(0);
    expect(three!.failedRequests.high).toBe(0);
    expect(three!.p95Millis!.median).toBeLessThan(two!.p95Millis!.median);
    expect(three!.taskDollarsPerMonth.median).toBeGreaterThan(two!.taskDollarsPerMonth.median);
  });

  test('is compared in a text', () => {
    expect(tradeOffs).toEqual([
      expect.stringMatching(/^3 tasks against 2 tasks: costs \$\d+\.\d\d more a month, fails \d+ fewer requests, is over its target for /),
    ]);
  });
});

test('every figure is a band over the same seeds', () => {
  const same = scenario('rps 500 for 5m, rps 3000 for 20m');
  const { rows } = compare(
    [
      { name: 'one', scenario: same },
      { name: 'other', scenario: same },
    ],
    { seeds: 5 },
  );
  const { name: _, firstScaleInSeconds, ...figures } = rows[0]!;
  expect(firstScaleInSeconds).toBeUndefined();
  expect(rows[1]).toEqual({ name: 'other', ...figures });
  for (const [figure, band] of Object.entries(figures)) {
    expect(band!.low, figure).toBeLessThanOrEqual(band!.median);
    expect(band!.median, figure).toBeLessThanOrEqual(band!.high);
  }
});

describe('a task that is stopped while all are needed', () => {
  const stopped = (changes: PlanChanges): Scenario => ({
    ...scenario('rps 3000 for 10m', changes),
    faults: [{ kind: 'stop-task', atSeconds: 300, count: 1 }],
  });
  const { rows } = compare(
    [
      { name: '2 tasks', scenario: stopped({ maxCapacity: 2 }) },
      { name: '3 tasks', scenario: stopped({ minCapacity: 3 }) },
      { name: '1 large task', scenario: stopped({ minCapacity: 1, maxCapacity: 1, cpu: 512, memoryMiB: 1024 }) },
    ],
    { seeds: 10 },
  );
  const [two, three, large] = rows;

  test('delays requests for seconds with two tasks, and not at all with one task more than needed', () => {
    expect(two!.p95Millis!.low).toBeGreaterThan(1000);
    expect(three!.p95Millis!.high).toBeLessThan(50);
    expect(three!.failedRequests.high).toBe(0);
  });

  test('causes an outage with one large task, which costs a third less than three small ones', () => {
    expect(large!.outageSeconds.low).toBeGreaterThan(0);
    expect(large!.failedRequests.low).toBeGreaterThan(0);
    expect(three!.outageSeconds.high).toBe(0);
    expect(large!.taskDollarsPerMonth.median / three!.taskDollarsPerMonth.median).toBeCloseTo(2 / 3, 1);
  });
});

describe('the claims of published load tests', () => {
  test.each<[string, string, PlanChanges, PlanChanges, 'cheaper' | 'more expensive' | 'the same']>([
    [
      'two small tasks cost what one of twice the size costs',
      'rps 500 for 10m',
      {},
      { cpu: 512, memoryMiB: 1024, minCapacity: 1 },
      'the same',
    ],
    ['a target of 50 % costs more than one of 70 %', 'rps 2000 for 1h', {}, { targetCpuUtilizationPercent: 50 }, 'more expensive'],
    ['endpoints cost less than two NAT gateways', 'rps 500 for 10m', { natGateways: 2 }, { interfaceEndpoints: 6 }, 'cheaper'],
    ['and more than one', 'rps 500 for 10m', { natGateways: 1 }, { interfaceEndpoints: 6 }, 'more expensive'],
    ['ARM costs less', 'rps 500 for 10m', {}, { isArm: true }, 'cheaper'],
  ])('%s', (_, traffic, first, second, expected) => {
    const { rows } = compare(
      [
        { name: 'first', scenario: scenario(traffic, first) },
        { name: 'second', scenario: scenario(traffic, second) },
      ],
      { seeds: 3 },
    );
    const difference = rows[1]!.dollarsPerMonth.median - rows[0]!.dollarsPerMonth.median;
    expect(['cheaper', 'the same', 'more expensive'][1 + (Math.abs(difference) < 0.01 ? 0 : Math.sign(difference))]).toBe(expected);
  });
});

test('invalid comparisons are rejected, with all errors together', () => {
  const one = { name: 'one', scenario: scenario('rps 1 for 1m') };
  expect(() => compare([one], { seeds: 0 })).toThrow(
    'a comparison must have at least two plans, got 1\nseeds must be a whole number of at least 1, got 0',
  );
  expect(() => compare([one, one], { seeds: 1 })).toThrow("names of plans must differ, got 'one' twice");
});
