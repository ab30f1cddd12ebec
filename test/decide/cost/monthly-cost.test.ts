import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bill } from '../../../src/decide/cost/bill';
import { type CostOptions, monthlyCost } from '../../../src/decide/cost/monthly-cost';
import { US_EAST_1_PRICES } from '../../../src/decide/cost/prices';
import { usageOfRun } from '../../../src/decide/cost/usage';
import type { WarmPool } from '../../../src/plan/instances';
import type { Outcome } from '../../../src/run/outcome';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

/** A task of 0.25 vCPU and 0.5 GB on demand for a month. */
const TASK_DOLLARS = 730 * (0.25 * 0.04048 + 0.5 * 0.004445);

const tasksOf = ({ parts }: Bill): number => parts.find(({ name }) => name === 'tasks')!.dollars;
const row = (atSeconds: number, runningCount: number) => ({ atSeconds, runningCount, servedRequestsPerSecond: 0 });

function scenario(traffic: string, changes: Partial<Scenario> = {}): Scenario {
  return {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
    ...changes,
  };
}

describe('a service that is idle all day', () => {
  const idle = scenario('rps 0 for 1h');
  const cost = monthlyCost(idle, forecast(idle));

  test('costs its two tasks, its load balancer, two addresses and two alarms', () => {
    expect(cost.minimum.dollars).toBeCloseTo(2 * 9.01 + 16.425 + 7.3 + 0.2, 1);
    expect(cost.expected.dollars).toBeCloseTo(cost.minimum.dollars, 9);
  });

  test('has the region and the date of its prices', () => {
    expect(cost.prices).toEqual({ region: 'us-east-1', asOf: '2026-09-20' });
  });
});

test('2,976 requests of 1 KB per second are 10.7 capacity units in every hour of the month', () => {
  const busy = scenario('rps 2976 for 2h', { plan: searchPlan(3, 4, [cpuTarget(70)]) });
  const usage = usageOfRun(busy, forecast(busy));
  expect(usage.capacityUnitHours / 730).toBeCloseTo(10.7136, 1);
  expect(usage.responseGigabytes / 730).toBeCloseTo(10.7136, 1);
  expect(usage.taskHours).toBeCloseTo(3 * 730, 6);
});

test('a busy hour and a quiet hour are billed separately', () => {
  const turns = scenario('rps 1000 for 1h, rps 0 for 1h');
  expect(usageOfRun(turns, forecast(turns)).capacityUnitHours / 730).toBeCloseTo(3.6 / 2, 1);
});

test('a month is between its minimum and its maximum, part by part', () => {
  // overloaded tasks are replaced, and run beside their replacements: more tasks than the maximum may be billed.
  const rates = fc.array(fc.integer({ min: 0, max: 3400 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rates, fc.nat(), (perSecond, seed) => {
      const random = scenario(perSecond.map((rate) => `rps ${rate} for 20m`).join(', '), { seed });
      const { minimum, expected, maximum } = monthlyCost(random, forecast(random));
      for (const [index, { name, dollars }] of expected.parts.entries()) {
        expect(dollars, name).toBeGreaterThanOrEqual(minimum.parts[index]!.dollars * (1 - 1e-9));
        expect(dollars, name).toBeLessThanOrEqual(maximum.parts[index]!.dollars * (1 + 1e-9));
      }
    }),
    { numRuns: 20 },
  );
});

describe('a service of which half of the tasks above one run on Spot', () => {
  const { plan } = scenario('rps 0 for 1h');
  const mixed = scenario('rps 0 for 1h', {
    plan: { ...plan, infrastructure: { ...plan.infrastructure, onDemandBase: 1, spotShare: 0.5 } },
  });

  test('has the largest discount in the minimum, the expected one in the run, and none in the maximum', () => {
    const { minimum, expected, maximum, assumptions } = monthlyCost(mixed, forecast(mixed));
    expect(tasksOf(minimum)).toBeCloseTo((1.5 + 0.5 * 0.3) * TASK_DOLLARS, 6);
    expect(tasksOf(expected)).toBeCloseTo((1.5 + 0.5 * 0.4) * TASK_DOLLARS, 6);
    expect(tasksOf(maximum)).toBeCloseTo(4 * TASK_DOLLARS, 6);
    expect(assumptions).toEqual(['Fargate Spot is 70 % cheaper in the cheapest month, 60 % in this one and 0 % in the most expensive one']);
  });

  test('counts Spot at each number of tasks, not at their mean', () => {
    const infrastructure = { ...plan.infrastructure, onDemandBase: 2, spotShare: 0.5 };
    const outcome = { timeline: [row(1800, 1), row(3600, 5)], totals: { taskHours: 3 } } as unknown as Outcome;
    const { taskHours, spotTaskHours } = usageOfRun({ ...mixed, plan: { ...plan, infrastructure } }, outcome);
    expect(taskHours).toBeCloseTo(3 * 730, 6);
    // none of one task and one and a half of five. Of the mean, three tasks, it would be half a task.
    expect(spotTaskHours).toBeCloseTo(0.75 * 730, 6);
  });
});

test('three dashboards are free, and the bill says that none of another stack is counted', () => {
  const { plan } = scenario('rps 0 for 1h');
  const seen = scenario('rps 0 for 1h', { plan: { ...plan, infrastructure: { ...plan.infrastructure, dashboards: 4 } } });
  const { expected, assumptions } = monthlyCost(seen, forecast(seen));
  expect(expected.parts).toContainEqual({ name: 'dashboards', dollars: 3 });
  expect(assumptions).toEqual(['the first 3 dashboards of an account are free, and this is the only stack of the account that has any']);
  const prices = { ...US_EAST_1_PRICES, freeDashboards: 0 };
  const full = monthlyCost(seen, forecast(seen), { prices });
  expect(full.expected.parts).toContainEqual({ name: 'dashboards', dollars: 12 });
  expect(full.assumptions).toEqual([]);
});

describe('instances of a group', () => {
  const { plan } = scenario('rps 0 for 1h');
  const assumptionsOf = (state: WarmPool['state'] | undefined, options: CostOptions = {}): readonly string[] => {
    const warmPool = state && { state, minSize: 1 };
    const instances = { type: 'm7g.large', refreshWarmupSeconds: 0, capacityRebalance: false, volumeGiB: 8, ...(warmPool && { warmPool }) };
    const idle = scenario('rps 0 for 1h');
    return monthlyCost({ ...idle, plan: { ...plan, instances } }, forecast(idle), options).assumptions;
  };

  test('have the date of their prices, unless the price is of the caller', () => {
    expect(assumptionsOf(undefined)).toEqual(['the prices of EC2 instances are those of 2026-07-28']);
    expect(assumptionsOf(undefined, { prices: { ...US_EAST_1_PRICES, instanceHour: { 'm7g.large': 0.09 } } })).toEqual([]);
  });

  test.each<[WarmPool['state'], string]>([
    ['Stopped', 'the instances of the warm pool wait stopped, and their volumes are not counted'],
    ['Hibernated', 'the instances of the warm pool wait stopped, and their volumes are not counted'],
    ['Running', 'the instances of the warm pool are not counted, although they run and are billed'],
  ])('beside a warm pool that is %s: %s', (state, expected) => {
    expect(assumptionsOf(state)).toContain(expected);
  });
});

describe('the discounts of Spot Instances', () => {
  const onSpot = (): Scenario => {
    const { plan, ...others } = scenario('rps 0 for 1m');
    const instances = { type: 'm7g.large', refreshWarmupSeconds: 0, capacityRebalance: true, volumeGiB: 8 };
    return { ...others, plan: { ...plan, instances, infrastructure: { ...plan.infrastructure, spotShare: 0.5 } } };
  };
  const assumptionsWith = (prices = US_EAST_1_PRICES) => monthlyCost(onSpot(), forecast(onSpot()), { prices }).assumptions;

  test('are named with the month of their source', () => {
    expect(assumptionsWith()).toContain(
      'Spot Instances are 90 % cheaper in the cheapest month, 60 % in this one and 0 % in the most expensive one, as published in 2026-05',
    );
  });

  test('have no month where they are those of the caller', () => {
    expect(assumptionsWith({ ...US_EAST_1_PRICES, instanceSpotDiscountPercent: { min: 40, expected: 50, max: 70 } })).toContain(
      'Spot Instances are 70 % cheaper in the cheapest month, 50 % in this one and 40 % in the most expensive one',
    );
  });
});

test.each(['spotDiscountPercent', 'instanceSpotDiscountPercent'])('%s that are not in order are rejected', (name) => {
  const idle = scenario('rps 0 for 1m');
  const prices = { ...US_EAST_1_PRICES, [name]: { min: 50, expected: 40, max: 70 } };
  expect(() => monthlyCost(idle, forecast(idle), { prices })).toThrow(
    `${name} must be from 0 to 100, with min, expected and max in this order, got 50, 40 and 70`,
  );
});

test('other prices give another bill', () => {
  const idle = scenario('rps 0 for 1h');
  const prices = { ...US_EAST_1_PRICES, region: 'moon-1', loadBalancerHour: 1 };
  const { minimum } = monthlyCost(idle, forecast(idle), { prices });
  expect(minimum.parts).toContainEqual({ name: 'load balancer', dollars: 730 });
});

test('prices and data below 0 are rejected together', () => {
  const idle = scenario('rps 0 for 1m');
  const prices = { ...US_EAST_1_PRICES, natGigabyte: -1, vcpuHour: { X86_64: 0.04, ARM64: Number.NaN } };
  expect(() => monthlyCost(idle, forecast(idle), { prices, outboundGigabytesPerMonth: -5 })).toThrow(
    [
      'vcpuHour of ARM64 must be a price of at least 0, got NaN',
      'natGigabyte must be a price of at least 0, got -1',
      'outboundGigabytesPerMonth must be at least 0, got -5',
    ].join('\n'),
  );
});

test.each([
  ['endpoints over two zones', { interfaceEndpoints: 6 }],
  ['NAT gateways', { natGateways: 2 }],
])('%s are compared with the other outbound access', (_, paths) => {
  const { plan } = scenario('rps 0 for 1h');
  const wired = scenario('rps 0 for 1h', { plan: { ...plan, infrastructure: { ...plan.infrastructure, ...paths } } });
  expect(monthlyCost(wired, forecast(wired)).natVersusEndpoints).toEqual([
    '6 interface endpoints cost less than one NAT gateway from 313 GB a month on',
    '6 interface endpoints always cost less than 2 NAT gateways',
  ]);
});

test('tasks that use neither have no comparison of outbound access', () => {
  const idle = scenario('rps 0 for 1h');
  expect(monthlyCost(idle, forecast(idle)).natVersusEndpoints).toEqual([]);
});

test('the maximum of a month is not less than expected, also where more tasks than the maximum run', () => {
  const deploys = Array.from({ length: 8 }, (_, index) => ({ kind: 'deploy', atSeconds: 60 + 400 * index }) as const);
  const changing = scenario('rps 1500 for 1h', { plan: searchPlan(2, 2, [cpuTarget(70)]), faults: deploys });
  const { expected, maximum } = monthlyCost(changing, forecast(changing));
  expect(expected.dollars).toBeLessThanOrEqual(maximum.dollars + 1e-9);
});
