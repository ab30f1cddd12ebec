import { expect, test } from 'vitest';
import { compareOutboundPaths, formatOutboundCosts } from '../../../src/decide/cost/monthly-cost';
import { US_EAST_1_PRICES } from '../../../src/decide/cost/prices';

test.each([
  [1, 6, 312.857, '6 interface endpoints cost less than one NAT gateway from 313 GB a month on'],
  [2, 6, 0, '6 interface endpoints always cost less than 2 NAT gateways'],
])('%s NAT gateways and %s interface endpoints cost the same at %s GB', (natGateways, interfaceEndpoints, breakEven, text) => {
  const ways = { natGateways, interfaceEndpoints, gigabytesPerMonth: breakEven };
  const { natDollars, endpointDollars, breakEvenGigabytes } = compareOutboundPaths(ways, US_EAST_1_PRICES);
  expect(breakEvenGigabytes).toBeCloseTo(breakEven, 3);
  if (breakEven > 0) expect(natDollars).toBeCloseTo(endpointDollars, 3);
  else expect(natDollars).toBeGreaterThan(endpointDollars);
  expect(formatOutboundCosts(ways, US_EAST_1_PRICES)).toBe(text);
});

test('without data one gateway costs $32.85 and six endpoints $43.80', () => {
  const cost = compareOutboundPaths({ natGateways: 1, interfaceEndpoints: 6, gigabytesPerMonth: 0 }, US_EAST_1_PRICES);
  expect(cost.natDollars).toBeCloseTo(32.85, 9);
  expect(cost.endpointDollars).toBeCloseTo(43.8, 9);
});

test('endpoints with a higher price per gigabyte do not become cheaper with data', () => {
  const ways = { natGateways: 1, interfaceEndpoints: 6, gigabytesPerMonth: 1000 };
  const prices = { ...US_EAST_1_PRICES, endpointGigabyte: US_EAST_1_PRICES.natGigabyte };
  expect(formatOutboundCosts(ways, prices)).toBe('6 interface endpoints always cost more than one NAT gateway');
});
