import { expect, test } from 'vitest';
import { LeastOutstandingRequests } from '../../../rehearsal/load-balancer/routing-algorithms';
import { shares, targets } from './targets';

test('idle targets get requests in turn', () => {
  const all = targets(3);
  const router = new LeastOutstandingRequests();
  router.update(all);
  expect(shares(all, () => router.next(), 9)).toEqual([3, 3, 3]);
});

test('a target with one more pending request than the others is skipped until they have as many', () => {
  const all = targets(3);
  const router = new LeastOutstandingRequests();
  router.update(all);
  all[1]!.connections.take();
  const send = (): ReturnType<typeof router.next> => {
    const target = router.next();
    target.connections.take();
    return target;
  };
  expect(shares(all, send, 2)).toEqual([1, 0, 1]);
  expect(shares(all, send, 3)).toEqual([1, 1, 1]);
});
