import { expect, test } from 'vitest';
import { type WalkMaximum, walkMaximum } from '../../src/math/gaussian-walk';
import { SeededRandom } from '../../src/math/seeded-random';

/** A walk that is held at 0, over many steps: what is left after each step, by Lindley's recursion. */
function walked(drift: number, steps: number): WalkMaximum {
  const random = new SeededRandom(1);
  let left = 0;
  let sum = 0;
  let above = 0;
  for (let step = 0; step < steps; step++) {
    left = Math.max(0, left + random.normal() - drift);
    sum += left;
    if (left > 0) above += 1;
  }
  return { mean: sum / steps, probability: above / steps };
}

test.each([0.15, 0.29, 0.31, 0.6, 1, 2])('at a drift of %d the maximum is spread as what a long walk leaves', (drift) => {
  const walk = walked(drift, 2_000_000);
  const maximum = walkMaximum(drift);
  expect(maximum.mean / walk.mean).toBeCloseTo(1, 1);
  expect(maximum.probability / walk.probability).toBeCloseTo(1, 1);
});

test('one series goes on where the other ends', () => {
  const [flat, steep] = [walkMaximum(0.299_999), walkMaximum(0.300_001)];
  expect(flat.mean).toBeCloseTo(steep.mean, 2);
  expect(flat.probability).toBeCloseTo(steep.probability, 2);
});

test('a walk that does not go down has no maximum', () => {
  expect(walkMaximum(0)).toEqual({ mean: Number.POSITIVE_INFINITY, probability: 1 });
});
