import { expect, test } from 'vitest';
import { type Maximum, maximumOf } from '../../src/forecast/gaussian-walk';
import { Chance } from '../../src/scenario/chance';

/** A walk that is held at 0, over many steps: what is left after each step, by Lindley's recursion. */
function walked(drift: number, steps: number): Maximum {
  const chance = new Chance(1);
  let left = 0;
  let sum = 0;
  let above = 0;
  for (let step = 0; step < steps; step++) {
    left = Math.max(0, left + chance.normal() - drift);
    sum += left;
    if (left > 0) above += 1;
  }
  return { mean: sum / steps, chance: above / steps };
}

test.each([0.15, 0.29, 0.31, 0.6, 1, 2])('at a drift of %d the maximum is spread as what a long walk leaves', (drift) => {
  const walk = walked(drift, 2_000_000);
  const maximum = maximumOf(drift);
  expect(maximum.mean / walk.mean).toBeCloseTo(1, 1);
  expect(maximum.chance / walk.chance).toBeCloseTo(1, 1);
});

test('one series goes on where the other ends', () => {
  const [flat, steep] = [maximumOf(0.299_999), maximumOf(0.300_001)];
  expect(flat.mean).toBeCloseTo(steep.mean, 2);
  expect(flat.chance).toBeCloseTo(steep.chance, 2);
});

test('a walk that does not go down has no maximum', () => {
  expect(maximumOf(0)).toEqual({ mean: Number.POSITIVE_INFINITY, chance: 1 });
});
