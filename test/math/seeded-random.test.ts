import { expect, test } from 'vitest';
import { SeededRandom } from '../../src/math/seeded-random';

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

test('the same seed draws the same numbers, another seed others', () => {
  const numbers = (seed: number) => {
    const random = new SeededRandom(seed);
    return draw(5, () => random.uniform());
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('draws lie evenly within their range', () => {
  const random = new SeededRandom(1);
  const values = draw(10_000, () => random.uniformIn({ min: 30, max: 90 }));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...values)).toBeLessThan(90);
  expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(60, 0);
});

test('half of the draws around a median lie below it', () => {
  const random = new SeededRandom(1);
  const values = draw(10_000, () => random.lognormal({ median: 23, sigma: 0.2 }));
  expect(values.filter((value) => value < 23).length / values.length).toBeCloseTo(0.5, 1);
  // one sigma above the median lie 84 of 100.
  expect(values.filter((value) => value < 23 * Math.exp(0.2)).length / values.length).toBeCloseTo(0.84, 1);
});
