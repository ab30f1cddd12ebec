import { expect, test } from 'vitest';
import { natOrEndpoints, waysOutInWords } from '../../../src/forecast/cost/nat-or-endpoints';
import { US_EAST_1_PRICES } from '../../../src/forecast/cost/prices';

test.each([
  [1, 6, 312.857, '6 interface endpoints cost less than one NAT gateway from 313 GB a month on'],
  [2, 6, 0, '6 interface endpoints always cost less than 2 NAT gateways'],
])('%s NAT gateways and %s interface endpoints cost the same at %s GB', (natGateways, interfaceEndpoints, breakEven, sentence) => {
  const ways = { natGateways, interfaceEndpoints, gigabytesPerMonth: breakEven };
  const { natDollars, endpointDollars, breakEvenGigabytes } = natOrEndpoints(ways, US_EAST_1_PRICES);
  expect(breakEvenGigabytes).toBeCloseTo(breakEven, 3);
  if (breakEven > 0) expect(natDollars).toBeCloseTo(endpointDollars, 3);
  else expect(natDollars).toBeGreaterThan(endpointDollars);
  expect(waysOutInWords(ways, US_EAST_1_PRICES)).toBe(sentence);
});

test('without data one gateway costs $32.85 and six endpoints $43.80', () => {
  const cost = natOrEndpoints({ natGateways: 1, interfaceEndpoints: 6, gigabytesPerMonth: 0 }, US_EAST_1_PRICES);
  expect(cost.natDollars).toBeCloseTo(32.85, 9);
  expect(cost.endpointDollars).toBeCloseTo(43.8, 9);
});

test('endpoints that carry data no cheaper never win by it', () => {
  const ways = { natGateways: 1, interfaceEndpoints: 6, gigabytesPerMonth: 1000 };
  const prices = { ...US_EAST_1_PRICES, endpointGigabyte: US_EAST_1_PRICES.natGigabyte };
  expect(waysOutInWords(ways, prices)).toBe('6 interface endpoints always cost more than one NAT gateway');
});
