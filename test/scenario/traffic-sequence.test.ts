import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTrace } from '../../src/scenario/parse-trace';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { Arrivals, arrivalAt, trafficSeconds } from '../../src/scenario/traffic';
import { followedBy, heldFor, repeated } from '../../src/scenario/traffic-sequence';

const DAY = parseTrace('0,10\n60,20\n120,5');

test('one traffic follows the other, with the limit of the first that has one', () => {
  const both = followedBy(parseTraffic('users 5 for 1m'), parseTraffic('rps 10..20 for 1m, at most 15 rps'));
  expect(trafficSeconds(both)).toBe(120);
  expect(both.clientLimitRequestsPerSecond).toBe(15);
  expect([0, 59, 60, 90].map((second) => arrivalAt(both, second).value)).toEqual([5, 5, 10, 15]);
});

test('a repeated traffic is at every second what it was a round before', () => {
  const week = repeated(DAY, 7);
  expect(trafficSeconds(week)).toBe(7 * 180);
  expect(week.phases.length).toBe(21);
  expect([...week.phases]).toHaveLength(21);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 * 180 - 1 }), (second) => {
      expect(arrivalAt(week, second)).toEqual(arrivalAt(DAY, second % 180));
    }),
  );
});

test('what is held goes on at its last value', () => {
  const held = heldFor(parseTraffic('users 10..40 think 2s for 1m'), 900);
  expect(trafficSeconds(held)).toBe(960);
  expect(arrivalAt(held, 700)).toEqual({ kind: 'users', value: 40, thinkSeconds: 2 });
  expect(heldFor(DAY, 0)).toBe(DAY);
});

test('time may go back, and the same arrival is the same object', () => {
  const arrivals = new Arrivals(parseTraffic('users 10 for 1m, users 10..20 for 1m'));
  const first = arrivals.at(0);
  expect(arrivals.at(59)).toBe(first);
  expect(arrivals.at(60)).toBe(first);
  expect(arrivals.at(1e9).value).toBe(20);
  expect(arrivals.at(3)).toEqual(first);
});
