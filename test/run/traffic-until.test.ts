import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { trafficUntil } from '../../src/run/observed-traffic';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { formatTraffic, loadAt, trafficSeconds } from '../../src/traffic/traffic-phases';

const TRAFFIC = parseTraffic('rps 100 for 2m, rps 100..300 for 4m, at most 250 rps');

test.each([
  [60, 'rps 100 for 1m, at most 250 rps'],
  [120, 'rps 100 for 2m, at most 250 rps'],
  [240, 'rps 100 for 2m, rps 100..200 for 2m, at most 250 rps'],
  [999, formatTraffic(TRAFFIC)],
])('traffic that was ended after %d seconds is %s', (endSeconds, words) => {
  expect(formatTraffic(trafficUntil(TRAFFIC, endSeconds))).toBe(words);
});

test('until its end what arrives is the same', () => {
  const moment = double({ min: 1, max: 360, noNaN: true });
  assert(
    property(moment, moment, (endSeconds, atSeconds) => {
      const cut = trafficUntil(TRAFFIC, endSeconds);
      expect(trafficSeconds(cut)).toBeCloseTo(Math.min(endSeconds, 360), 6);
      if (atSeconds < endSeconds - 1e-6) expect(loadAt(cut, atSeconds).value).toBeCloseTo(loadAt(TRAFFIC, atSeconds).value, 6);
    }),
  );
});
