import { expect, test } from 'vitest';
import { CPU, REQUESTS, startLoop, steps } from './started-loop';

test('a target edited to 1 % and back again acts at once each time: the new alarms look at what is already there', () => {
  const policyChanges = [
    { atSeconds: 1200, targetValue: 1 },
    { atSeconds: 1430, targetValue: 60 },
  ];
  const { clock, fleet, loop } = startLoop({ policy: { maxCapacity: 4, targetTracking: [CPU] }, policyChanges });
  fleet.cores = 0.2;
  clock.runUntil(3000);
  expect(steps(loop)).toEqual([
    [1205, 2, 4],
    // fifteen low minutes are there already, and the cooldown of the step outwards does not hold it back.
    [1445, 4, 3],
    // gone after 30 s, cooled down after 300 more, and the alarm acts on the minute: 360, as was observed.
    [1805, 3, 2],
  ]);
});

test('only the policy that is named is put again', () => {
  const policyChanges = [{ atSeconds: 100, policyName: 'Requests', targetValue: 60 }];
  const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [CPU, REQUESTS] }, policyChanges });
  fleet.requestsPerSecond = 4;
  clock.runUntil(200);
  expect(loop.activities).toMatchObject([{ startSeconds: 185, metric: 'ALBRequestCountPerTarget', targetValue: 60, toCapacity: 4 }]);
});
