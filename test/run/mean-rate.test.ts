import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanServedRequestsPerSecond } from '../../src/run/outcome';

const ROWS = [
  { atSeconds: 60, servedRequestsPerSecond: 10 },
  { atSeconds: 120, servedRequestsPerSecond: 40 },
  { atSeconds: 150, servedRequestsPerSecond: 100 },
];

test.each([
  ['all rows', 0, 3, 40],
  ['the last two', 1, 3, 60],
  ['none', 2, 2, 0],
])('each row counts for as long as it lasted: %s', (_, first, end, rate) => {
  expect(meanServedRequestsPerSecond(ROWS, first, end)).toBe(rate);
});

test('nothing was answered in a run that has no row', () => {
  expect(meanServedRequestsPerSecond([])).toBe(0);
});

test('a mean lies between the least and the most of its rows', () => {
  const row = fc.record({ seconds: fc.integer({ min: 1, max: 60 }), servedRequestsPerSecond: fc.integer({ min: 0, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (drawn) => {
      const endOf = (index: number): number => drawn.slice(0, index + 1).reduce((sum, { seconds }) => sum + seconds, 0);
      const rows = drawn.map(({ servedRequestsPerSecond }, index) => ({ atSeconds: endOf(index), servedRequestsPerSecond }));
      const rates = drawn.map(({ servedRequestsPerSecond }) => servedRequestsPerSecond);
      expect(meanServedRequestsPerSecond(rows)).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-9);
      expect(meanServedRequestsPerSecond(rows)).toBeLessThanOrEqual(Math.max(...rates) + 1e-9);
    }),
  );
});
