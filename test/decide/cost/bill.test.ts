import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BillPartName, billOf } from '../../../src/decide/cost/bill';
import { US_EAST_1_PRICES } from '../../../src/decide/cost/prices';
import { idleUsage, type Usage } from '../../../src/decide/cost/usage';
import { DEFAULT_INFRASTRUCTURE, type Infrastructure } from '../../../src/plan/infrastructure';
import { cpuTarget, searchPlan } from '../../search-plan';

const PLAN = searchPlan(2, 4, [cpuTarget(70)]);
const ONE_TASK = idleUsage(1);
const NO_DATA = { gigabytesPerMonth: 0 };

function dollarsOf(name: BillPartName, changes: Partial<Infrastructure>, usage: Usage = ONE_TASK, outbound = NO_DATA): number {
  const plan = { ...PLAN, infrastructure: { ...DEFAULT_INFRASTRUCTURE, ...changes } };
  return billOf(plan, usage, US_EAST_1_PRICES, outbound).parts.find((part) => part.name === name)!.dollars;
}

describe('in a month in us-east-1', () => {
  test.each<[string, number, BillPartName, Partial<Infrastructure>, Usage?]>([
    ['a task of 0.25 vCPU and 0.5 GB costs', 9.01, 'tasks', {}],
    ['the same on ARM costs', 7.21, 'tasks', { architecture: 'ARM64' }],
    ['the same on Spot costs, at best,', 2.7, 'tasks', { spotShare: 1 }],
    ['one with half of its time on Spot costs', 5.86, 'tasks', { spotShare: 0.5 }],
    ['10 GB of disk more than the first 20 cost', 0.81, 'task storage', { ephemeralStorageGiB: 30 }],
    ['the public address of a task costs', 3.65, 'public addresses', { isInternetFacing: false, hasPublicTasks: true }],
    ['the public addresses of a load balancer in two zones cost', 7.3, 'public addresses', {}],
    ['with that of a NAT gateway they cost', 10.95, 'public addresses', { natGateways: 1 }],
    ['a load balancer costs', 16.43, 'load balancer', {}],
    [
      'a load balancer that answers 2,976 times 1 KB in a second costs, besides,',
      62.57,
      'load balancer capacity',
      {},
      { ...ONE_TASK, capacityUnitHours: 10.7136 * 730 },
    ],
    ['a NAT gateway costs', 32.85, 'NAT gateways', { natGateways: 1 }],
    ['three endpoints in two zones cost', 43.8, 'interface endpoints', { interfaceEndpoints: 6 }],
    ['the two alarms of a policy cost', 0.2, 'alarms', {}],
    ['with one of the template they cost', 0.3, 'alarms', { alarms: 1 }],
    ['with one that looks every ten seconds they cost', 0.5, 'alarms', { alarms: 1, highResolutionAlarms: 1 }],
    ['two metrics of 20 seconds cost', 0.6, 'metrics', { highResolutionMetrics: 2 }],
    ['Container Insights costs', 7.5, 'metrics', { containerInsights: 'enabled' }],
    ['enhanced, with one task, it costs', 3.5, 'metrics', { containerInsights: 'enhanced' }],
    ['100 GB of answers to the Internet cost', 9, 'data to the Internet', {}, { ...ONE_TASK, responseGigabytes: 100 }],
    ['inside of AWS they cost', 0, 'data to the Internet', { isInternetFacing: false }, { ...ONE_TASK, responseGigabytes: 100 }],
  ])('%s $%s', (_, dollars, name, infrastructure, usage) => {
    expect(Math.abs(dollarsOf(name, infrastructure, usage) - dollars)).toBeLessThanOrEqual(0.005 + 1e-9);
  });

  test('the alarms of a policy on 20-second metrics cost three times as much', () => {
    const fast = { ...cpuTarget(70), metric: 'ECSServiceAverageCPUUtilizationHighResolution' } as const;
    const { parts } = billOf(searchPlan(2, 4, [fast]), ONE_TASK, US_EAST_1_PRICES, NO_DATA);
    expect(parts.find(({ name }) => name === 'alarms')!.dollars).toBeCloseTo(0.6, 9);
  });

  test('data is billed through NAT gateways, or through endpoints, or not at all', () => {
    const data = { gigabytesPerMonth: 100 };
    expect(dollarsOf('NAT gateways', { natGateways: 1, interfaceEndpoints: 6 }, ONE_TASK, data)).toBeCloseTo(32.85 + 4.5, 9);
    expect(dollarsOf('interface endpoints', { natGateways: 1, interfaceEndpoints: 6 }, ONE_TASK, data)).toBeCloseTo(43.8, 9);
    expect(dollarsOf('interface endpoints', { interfaceEndpoints: 6 }, ONE_TASK, data)).toBeCloseTo(44.8, 9);
    expect(dollarsOf('interface endpoints', {}, ONE_TASK, data)).toBe(0);
  });
});

test('a bill is the sum of its parts, and grows with tasks, hours and bytes', () => {
  const amount = fc.double({ min: 0, max: 1e5, noNaN: true });
  const usage = fc.record({ taskHours: amount, capacityUnitHours: amount, responseGigabytes: amount, gigabytesPerMonth: amount });
  const around = fc.record({ natGateways: fc.nat(3), interfaceEndpoints: fc.nat(9), alarms: fc.nat(20), hasPublicTasks: fc.boolean() });
  fc.assert(
    fc.property(usage, usage, around, (some, more, infrastructure) => {
      const plan = { ...PLAN, infrastructure: { ...DEFAULT_INFRASTRUCTURE, ...infrastructure } };
      const bill = (use: typeof some) => billOf(plan, use, US_EAST_1_PRICES, use);
      const both = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, value + more[name as keyof typeof more]]));
      const small = bill(some);
      expect(small.parts.reduce((sum, part) => sum + part.dollars, 0)).toBe(small.dollars);
      expect(bill(both as typeof some).dollars).toBeGreaterThanOrEqual(small.dollars);
    }),
  );
});
