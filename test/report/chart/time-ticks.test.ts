import { describe, expect, test } from 'vitest';
import { timeTicks } from '../../../src/report/chart/axis-ticks';

const HOUR = 3600;
const DAY = 86_400;

describe('a time axis', () => {
  test.each([
    [60, '0:00', '0:05', '1:00', 'minutes:seconds'],
    [40 * 60, '0:00', '5:00', '40:00', 'minutes:seconds'],
    [8 * HOUR, '0:00', '1:00', '8:00', 'hours:minutes'],
    [DAY, '0:00', '2:00', '24:00', 'hours:minutes'],
    [3 * DAY, '0 d', '6 h', '3 d', 'days and hours'],
    [30 * DAY, '0', '5', '30', 'days'],
  ])('of %d seconds begins with %s and %s, ends with %s and counts %s', (end, first, second, last, unit) => {
    const ticks = timeTicks(end, 12);
    expect([ticks.labels[0], ticks.labels[1], ticks.labels.at(-1), ticks.unit]).toEqual([first, second, last, unit]);
  });

  test.each([1, 7, 59, 61, 3599, 7201, 50_000, 400 * DAY])('of %d seconds has at most 13 labels, all within it', (end) => {
    const { seconds, labels } = timeTicks(end, 12);
    expect(seconds.length).toBeLessThanOrEqual(13);
    expect(seconds.at(-1)!).toBeLessThanOrEqual(end);
    expect(new Set(labels.filter((label) => !label.endsWith(' h'))).size).toBe(labels.filter((label) => !label.endsWith(' h')).length);
  });
});
