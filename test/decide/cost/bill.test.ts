import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BillPartName, type BillTerms, billOf } from '../../../src/decide/cost/bill';
import { US_EAST_1_PRICES } from '../../../src/decide/cost/prices';
import { idleUsage, type Usage } from '../../../src/decide/cost/usage';
import { DEFAULT_INFRASTRUCTURE, type Infrastructure } from '../../../src/plan/infrastructure';
import { cpuTarget, searchPlan } from '../../search-plan';

const PLAN = searchPlan(2, 4, [cpuTarget(70)]);
const NO_DATA: BillTerms = { gigabytesPerMonth: 0, spotDiscount: 'expected' };

function dollarsOf(
  name: BillPartName,
  changes: Partial<Infrastructure>,
  usage: Partial<Usage> = {},
  terms: Partial<BillTerms> = {},
): number {
  const plan = { ...PLAN, infrastructure: { ...DEFAULT_INFRASTRUCTURE, ...changes } };
  const oneTask = idleUsage(plan.infrastructure, 1);
  const { parts } = billOf(plan, { ...oneTask, ...usage }, US_EAST_1_PRICES, { ...NO_DATA, ...terms });
  return parts.find((part) => part.name === name)!.dollars;
}

describe('in a month in us-east-1', () => {
  test.each<[string, number, BillPartName, Partial<Infrastructure>, Partial<Usage>?]>([
    ['a task of 0.25 vCPU and 0.5 GB costs', 9.01, 'tasks', {}],
    ['the same on ARM costs', 7.21, 'tasks', { architecture: 'ARM64' }],
    ['the same on Spot costs', 3.6, 'tasks', { spotShare: 1 }],
    ['one with half of its time on Spot costs', 6.31, 'tasks', { spotShare: 0.5 }],
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
      { capacityUnitHours: 10.7136 * 730 },
    ],
    ['a NAT gateway costs', 32.85, 'NAT gateways', { natGateways: 1 }],
    ['three endpoints in two zones cost', 43.8, 'interface endpoints', { interfaceEndpoints: 6 }],
    ['the two alarms of a policy cost', 0.2, 'alarms', {}],
    ['with one of the template they cost', 0.3, 'alarms', { alarmMetrics: 1 }],
    ['with one that looks every ten seconds they cost', 0.5, 'alarms', { alarmMetrics: 1, highResolutionAlarmMetrics: 1 }],
    ['with one on an expression of five metrics they cost', 0.7, 'alarms', { alarmMetrics: 5 }],
    ['with one for anomalies they cost', 0.5, 'alarms', { alarmMetrics: 3 }],
    ['with one for anomalies every ten seconds they cost', 1.1, 'alarms', { alarmMetrics: 3, highResolutionAlarmMetrics: 3 }],
    ['with a composite alarm they cost', 0.7, 'alarms', { compositeAlarms: 1 }],
    ['three dashboards cost', 0, 'dashboards', { dashboards: 3 }],
    ['five dashboards cost', 6, 'dashboards', { dashboards: 5 }],
    ['two metrics of 20 seconds cost', 0.6, 'metrics', { highResolutionMetrics: 2 }],
    ['Container Insights costs', 7.5, 'metrics', { containerInsights: 'enabled' }],
    ['enhanced, with one task, it costs', 3.5, 'metrics', { containerInsights: 'enhanced' }],
    ['100 GB of answers to the Internet cost', 9, 'data to the Internet', {}, { responseGigabytes: 100 }],
    ['inside of AWS they cost', 0, 'data to the Internet', { isInternetFacing: false }, { responseGigabytes: 100 }],
  ])('%s $%s', (_, dollars, name, infrastructure, usage) => {
    expect(Math.abs(dollarsOf(name, infrastructure, usage) - dollars)).toBeLessThanOrEqual(0.005 + 1e-9);
  });

  test('the alarms of a policy on 20-second metrics cost three times as much', () => {
    const fast = { ...cpuTarget(70), metric: 'ECSServiceAverageCPUUtilizationHighResolution' } as const;
    const { parts } = billOf(searchPlan(2, 4, [fast]), idleUsage(DEFAULT_INFRASTRUCTURE, 1), US_EAST_1_PRICES, NO_DATA);
    expect(parts.find(({ name }) => name === 'alarms')!.dollars).toBeCloseTo(0.6, 9);
  });

  test('each alarm of a policy on an expression of three metrics costs as much as three', () => {
    const math = { ...cpuTarget(70), metricsPerAlarm: 3 };
    const { parts } = billOf(searchPlan(2, 4, [math]), idleUsage(DEFAULT_INFRASTRUCTURE, 1), US_EAST_1_PRICES, NO_DATA);
    expect(parts.find(({ name }) => name === 'alarms')!.dollars).toBeCloseTo(0.6, 9);
  });

  // 0.25 vCPU and 0.5 GB cost 0.0123425 dollars an hour on demand, so 730 hours cost 9.010025.
  test.each<[string, number, number, BillTerms['spotDiscount'], Partial<Infrastructure>]>([
    ['two tasks, both in the base,', 18.02, 2, 'max', { onDemandBase: 2, spotShare: 0.5 }],
    ['six tasks, of which two of the four above the base are on Spot, at best', 41.45, 6, 'max', { onDemandBase: 2, spotShare: 0.5 }],
    ['the same as expected', 43.25, 6, 'expected', { onDemandBase: 2, spotShare: 0.5 }],
    ['the same at worst', 54.06, 6, 'min', { onDemandBase: 2, spotShare: 0.5 }],
    ['six tasks with a base of two on Spot, and one of four above it, at best', 35.14, 6, 'max', { spotBase: 2, spotShare: 0.25 }],
    ['one task with a base of two on Spot, at best,', 2.7, 1, 'max', { spotBase: 2, spotShare: 0.25 }],
  ])('%s cost $%d', (_, dollars, tasks, spotDiscount, infrastructure) => {
    const usage = idleUsage({ ...DEFAULT_INFRASTRUCTURE, ...infrastructure }, tasks);
    expect(Math.abs(dollarsOf('tasks', infrastructure, usage, { spotDiscount }) - dollars)).toBeLessThanOrEqual(0.005 + 1e-9);
  });

  test('disk costs the same on Spot', () => {
    expect(dollarsOf('task storage', { ephemeralStorageGiB: 30, spotShare: 1 }, {}, { spotDiscount: 'max' })).toBeCloseTo(0.81, 2);
  });

  test('data is billed through NAT gateways, or through endpoints, or not at all', () => {
    const data = { gigabytesPerMonth: 100 };
    expect(dollarsOf('NAT gateways', { natGateways: 1, interfaceEndpoints: 6 }, {}, data)).toBeCloseTo(32.85 + 4.5, 9);
    expect(dollarsOf('interface endpoints', { natGateways: 1, interfaceEndpoints: 6 }, {}, data)).toBeCloseTo(43.8, 9);
    expect(dollarsOf('interface endpoints', { interfaceEndpoints: 6 }, {}, data)).toBeCloseTo(44.8, 9);
    expect(dollarsOf('interface endpoints', {}, {}, data)).toBe(0);
  });
});

test('a bill is the sum of its parts, and grows with tasks, hours and bytes', () => {
  const amount = fc.double({ min: 0, max: 1e5, noNaN: true });
  const usage = fc.record({
    taskHours: amount,
    spotTaskHours: fc.constant(0),
    capacityUnitHours: amount,
    responseGigabytes: amount,
    gigabytesPerMonth: amount,
  });
  const around = fc.record({
    natGateways: fc.nat(3),
    interfaceEndpoints: fc.nat(9),
    alarmMetrics: fc.nat(20),
    hasPublicTasks: fc.boolean(),
  });
  fc.assert(
    fc.property(usage, usage, around, (some, more, infrastructure) => {
      const plan = { ...PLAN, infrastructure: { ...DEFAULT_INFRASTRUCTURE, ...infrastructure } };
      const bill = (use: typeof some) => billOf(plan, use, US_EAST_1_PRICES, { ...NO_DATA, ...use });
      const both = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, value + more[name as keyof typeof more]]));
      const small = bill(some);
      expect(small.parts.reduce((sum, part) => sum + part.dollars, 0)).toBe(small.dollars);
      expect(bill(both as typeof some).dollars).toBeGreaterThanOrEqual(small.dollars);
    }),
  );
});
