import { describe, expect, test } from 'vitest';
import { type SeasonalLoad, seasonalTraffic } from '../../src/traffic/seasonal-traffic';
import { loadAt, trafficSeconds } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';

const SEASON: SeasonalLoad = {
  meanRequestsPerSecond: 100,
  amplitudePercent: 60,
  peakHour: 14,
  weekendPercent: 50,
  days: 7,
  firstWeekday: 0,
};
const HOUR = 3600;

function rateAt(season: SeasonalLoad, day: number, hour: number): number {
  return loadAt(seasonalTraffic(season), (24 * day + hour) * HOUR).value;
}

describe('seasonal traffic', () => {
  test.each([
    ['a Monday at the peak hour', 0, 14, 160],
    ['a Monday twelve hours before', 0, 2, 40],
    ['a Monday at its mean', 0, 8, 100],
    ['a Friday like any weekday', 4, 14, 160],
    ['a Saturday with its share', 5, 14, 80],
    ['a Sunday night with its share', 6, 2, 20],
  ])('brings %s', (_, day, hour, rate) => {
    expect(rateAt(SEASON, day, hour)).toBeCloseTo(rate, 6);
  });

  test('may begin with any day', () => {
    expect(rateAt({ ...SEASON, firstWeekday: 6 }, 0, 14)).toBeCloseTo(80, 6);
    expect(rateAt({ ...SEASON, firstWeekday: 6 }, 1, 14)).toBeCloseTo(160, 6);
  });

  test('keeps its mean over a weekday', () => {
    const day = seasonalTraffic({ ...SEASON, days: 1 });
    const requests = [...day.phases].reduce((sum, phase) => sum + ((phase.from + phase.to) / 2) * phase.durationSeconds, 0);
    expect(requests / trafficSeconds(day)).toBeCloseTo(100, 6);
  });

  test('of a month is sound', () => {
    expect(trafficErrors(seasonalTraffic({ ...SEASON, days: 31, amplitudePercent: 100 }))).toEqual([]);
  });

  test.each([
    [{ meanRequestsPerSecond: -1 }, /^meanRequestsPerSecond must be from 0 to 250000, got -1$/],
    [{ amplitudePercent: 150 }, /^amplitudePercent must be from 0 to 100, got 150$/],
    [{ peakHour: 24 }, /^peakHour must be from 0 to below 24, got 24$/],
    [{ weekendPercent: Number.NaN }, /^weekendPercent must be from 0 to 200, got NaN$/],
    [{ days: 1.5 }, /^days must be a whole number from 1 to 31, got 1.5$/],
    [{ firstWeekday: 7 }, /^firstWeekday must be a whole number from 0 to 6, got 7$/],
  ])('%j is refused', (changes, sentence) => {
    expect(() => seasonalTraffic({ ...SEASON, ...changes })).toThrowError(sentence);
  });
});
