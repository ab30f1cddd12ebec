import { expect, test } from 'vitest';
import { type BillTerms, billOf } from '../../../src/decide/cost/bill';
import { US_EAST_1_PRICES } from '../../../src/decide/cost/prices';
import { cpuCreditsOf } from '../../../src/plan/cpu-credits';
import { instanceSize } from '../../../src/plan/instance-types';
import type { Plan } from '../../../src/plan/service-plan';
import { searchPlan } from '../../search-plan';

test.each([
  ['t2.micro', 0.0116],
  ['t2.small', 0.023],
  ['t2.2xlarge', 0.3712],
  ['t3.nano', 0.0052],
  ['t4g.xlarge', 0.1344],
  ['c7g.medium', 0.0363],
  ['c7i.large', 0.08925],
  ['m5.24xlarge', 4.608],
  ['m8g.4xlarge', 0.71808],
])('%s costs $%d an hour', (type, dollars) => {
  expect(US_EAST_1_PRICES.instanceHour[type]).toBeCloseTo(dollars, 6);
});

const USAGE = { taskHours: 2 * 730, spotTaskHours: 730, capacityUnitHours: 0, responseGigabytes: 0, surplusVcpuHours: 100 };
const TERMS = { spotDiscount: 'expected', gigabytesPerMonth: 0 } as const;

function partsOf(type: string, plan: Partial<Plan> = {}, terms: BillTerms = TERMS) {
  const credits = cpuCreditsOf(type);
  const instances = { type, ...(credits && { credits }), refreshWarmupSeconds: 0, capacityRebalance: false, volumeGiB: 10 };
  const base = { ...searchPlan(1, 2, []), task: instanceSize(type)!, instances, ...plan };
  return Object.fromEntries(billOf(base, USAGE, US_EAST_1_PRICES, terms).parts.map(({ name, dollars }) => [name, dollars]));
}

test('an instance is billed by its type, with its volume and its surplus credits', () => {
  const parts = partsOf('t3.micro');
  expect(parts['tasks']).toBeCloseTo((2 * 730 - 0.6 * 730) * 0.0104, 6);
  expect(parts['task storage']).toBeCloseTo(2 * 10 * 0.08, 6);
  expect(parts['CPU credits']).toBeCloseTo(100 * 0.05, 6);
});

test.each([
  ['max', 90],
  ['expected', 60],
  ['min', 0],
] as const)('a Spot Instance has the %s discount of EC2, %d %%, and not that of Fargate', (spotDiscount, percent) => {
  const dollars = (2 * 730 - (percent / 100) * 730) * 0.0104;
  expect(partsOf('t3.micro', {}, { ...TERMS, spotDiscount })['tasks']).toBeCloseTo(dollars, 6);
});

test('detailed monitoring is billed by its metrics, and basic monitoring is free', () => {
  const { policy } = searchPlan(1, 2, []);
  const metrics = (cpuReportSeconds: 60 | 300) =>
    partsOf('m7i.large', { policy: { ...policy, platform: 'ec2', cpuReportSeconds } })['metrics'];
  expect(metrics(60)).toBeCloseTo(2 * 7 * 0.3, 6);
  expect(metrics(300)).toBe(0);
});

test('a type without a price costs as much as a Fargate task of its size', () => {
  expect(partsOf('m6a.large', {})['tasks']).toBeGreaterThan(0);
  const { vcpuHour, memoryGigabyteHour } = US_EAST_1_PRICES;
  const hour = 2 * vcpuHour.X86_64 + 4 * memoryGigabyteHour.X86_64;
  expect(partsOf('c5a.large')['tasks']).toBeCloseTo((2 * 730 - 0.6 * 730) * hour, 6);
});
