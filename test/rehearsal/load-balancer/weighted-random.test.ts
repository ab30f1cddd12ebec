import { expect, test } from 'vitest';
import { WeightedRandom } from '../../../rehearsal/load-balancer/routing-algorithms';
import { SeededRandom } from '../../../src/math/seeded-random';
import { shares, targets } from './targets';

test('every target gets about the same number of requests', () => {
  const random = new SeededRandom(1);
  const router = new WeightedRandom(() => random.uniform());
  const all = targets(4);
  router.update(all);
  for (const share of shares(all, () => router.next(), 10_000)) expect(Math.abs(share - 2500)).toBeLessThan(150);
});
