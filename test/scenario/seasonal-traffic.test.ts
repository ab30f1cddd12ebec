import { describe, expect, test } from 'vitest';
import { type Season, seasonalTraffic } from '../../src/scenario/seasonal-traffic';
import { arrivalAt, trafficSeconds } from '../../src/scenario/traffic';
import { trafficMistakes } from '../../src/scenario/traffic-mistakes';

const SEASON: Season = { meanRequestsPerSecond: 100, swingShare: 0.6, peakHour: 14, weekendShare: 0.5, days: 7, firstWeekday: 0 };
const HOUR = 3600;

function rateAt(season: Season, day: number, hour: number): number {
  return arrivalAt(seasonalTraffic(season), (24 * day + hour) * HOUR).value;
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
    expect(trafficMistakes(seasonalTraffic({ ...SEASON, days: 31, swingShare: 1 }))).toEqual([]);
  });

  test.each([
    [{ meanRequestsPerSecond: -1 }, /^mean requests per second must be from 0 to 250000, got -1$/],
    [{ swingShare: 1.5 }, /^swing must be from 0 to 1, got 1.5$/],
    [{ peakHour: 24 }, /^peak hour must be from 0 to below 24, got 24$/],
    [{ weekendShare: Number.NaN }, /^weekend share must be from 0 to 2, got NaN$/],
    [{ days: 1.5 }, /^days must be a whole number from 1 to 31, got 1.5$/],
    [{ firstWeekday: 7 }, /^first weekday must be a whole number from 0 to 6, got 7$/],
  ])('%j is refused', (changes, sentence) => {
    expect(() => seasonalTraffic({ ...SEASON, ...changes })).toThrowError(sentence);
  });
});
