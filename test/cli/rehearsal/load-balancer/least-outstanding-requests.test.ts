import { expect, test } from 'vitest';
import { LeastOutstandingRequests } from '../../../../cli/rehearsal/load-balancer/least-outstanding-requests';
import { shares, targets } from './targets';

test('idle targets are asked in turn', () => {
  const all = targets(3);
  const router = new LeastOutstandingRequests();
  router.update(all);
  expect(shares(all, () => router.next(), 9)).toEqual([3, 3, 3]);
});

test('a target with a request more than the others is left out until they have as many', () => {
  const all = targets(3);
  const router = new LeastOutstandingRequests();
  router.update(all);
  all[1]!.connections.take();
  const ask = (): ReturnType<typeof router.next> => {
    const target = router.next();
    target.connections.take();
    return target;
  };
  expect(shares(all, ask, 2)).toEqual([1, 0, 1]);
  expect(shares(all, ask, 3)).toEqual([1, 1, 1]);
});
