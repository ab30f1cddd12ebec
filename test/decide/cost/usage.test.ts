import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityUnits, capacityUnitsByDimension, type LoadBalancerWork } from '../../../src/decide/cost/usage';

const IDLE: LoadBalancerWork = {
  newConnectionsPerSecond: 0,
  activeConnections: 0,
  bytesPerSecond: 0,
  requestsPerSecond: 0,
  listenerRules: 0,
};

describe('one capacity unit is', () => {
  test.each<[string, Partial<LoadBalancerWork>, number]>([
    ['25 new connections in a second', { newConnectionsPerSecond: 25 }, 1],
    ['3,000 active connections', { activeConnections: 3000 }, 1],
    ['1 GB in an hour', { bytesPerSecond: 1e9 / 3600 }, 1],
    ['1,000 rules in a second beyond the first ten', { requestsPerSecond: 100, listenerRules: 20 }, 1],
    ['not needed for ten rules', { requestsPerSecond: 100_000, listenerRules: 10 }, 0],
    ['a tenth of what 2,976 answers of 1 KB in a second need', { bytesPerSecond: 2976 * 1000 }, 10.7136],
    ['counted where most are needed', { newConnectionsPerSecond: 50, activeConnections: 3000, bytesPerSecond: 1 }, 2],
  ])('%s', (_, work, units) => {
    expect(capacityUnits({ ...IDLE, ...work })).toBeCloseTo(units, 9);
  });
});

test('each dimension is counted separately', () => {
  expect(capacityUnitsByDimension({ ...IDLE, newConnectionsPerSecond: 5, activeConnections: 300 })).toEqual({
    'new connections': 0.2,
    'active connections': 0.1,
    'processed bytes': 0,
    'rule evaluations': 0,
  });
});

test('more work never needs fewer units', () => {
  const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
  const work = fc.record({
    newConnectionsPerSecond: amount,
    activeConnections: amount,
    bytesPerSecond: amount,
    requestsPerSecond: amount,
    listenerRules: fc.nat(200),
  });
  fc.assert(
    fc.property(work, work, (some, more) => {
      const both = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, value + more[name as keyof LoadBalancerWork]]));
      expect(capacityUnits(both as unknown as LoadBalancerWork)).toBeGreaterThanOrEqual(capacityUnits(some));
    }),
  );
});
