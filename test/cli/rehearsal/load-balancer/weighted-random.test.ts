import { expect, test } from 'vitest';
import { WeightedRandom } from '../../../../cli/rehearsal/load-balancer/weighted-random';
import { Chance } from '../../../../src/scenario/chance';
import { shares, targets } from './targets';

test('every target gets about as much as another', () => {
  const chance = new Chance(1);
  const router = new WeightedRandom(() => chance.unit());
  const all = targets(4);
  router.update(all);
  for (const share of shares(all, () => router.next(), 10_000)) expect(Math.abs(share - 2500)).toBeLessThan(150);
});
