import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Datapoint } from '../../src/scaling/metric-series';
import { MetricSeries } from '../../src/scaling/metric-series';

function read(series: MetricSeries, nowSeconds: number, periods: number, readings = 1): Datapoint[] {
  const into: Datapoint[] = [];
  series.read(nowSeconds, periods, readings, into);
  return into;
}

test('shows a reading only once it is visible, the newest last', () => {
  const series = new MetricSeries(60, 'Average', 30);
  series.retain(10);
  for (const [index, value] of [1, undefined, 3].entries()) series.add(value, 60 * (index + 1));
  expect(read(series, 89, 5)).toEqual([]);
  expect(read(series, 150, 5)).toEqual([1, Number.NaN]);
  expect(read(series, 210, 5)).toEqual([1, Number.NaN, 3]);
  expect(read(series, 210, 2)).toEqual([Number.NaN, 3]);
});

test('keeps what is not visible yet beside what is', () => {
  const series = new MetricSeries(60, 'Average', 600);
  series.retain(3);
  for (let minute = 1; minute <= 100; minute++) series.add(minute, 60 * minute);
  expect(read(series, 6000, 3)).toEqual([88, 89, 90]);
});

test('keeps what it holds when it shall keep more', () => {
  const series = new MetricSeries(60, 'Average', 0);
  series.retain(3);
  for (let minute = 1; minute <= 10; minute++) series.add(minute, 60 * minute);
  series.retain(20);
  for (let minute = 11; minute <= 13; minute++) series.add(minute, 60 * minute);
  expect(read(series, 1000, 6)).toEqual([8, 9, 10, 11, 12, 13]);
});

test.each([
  ['Average', [2.5, 6]],
  ['p95', [2.5, 6]],
  ['Sum', [5, 6]],
  ['Maximum', [3, 6]],
  ['Minimum', [2, 6]],
] as const)('%s of a longer period', (statistic, periods) => {
  const series = new MetricSeries(60, statistic, 0);
  series.retain(10);
  for (const [index, value] of [2, 3, 6, undefined].entries()) series.add(value, 60 * (index + 1));
  expect(read(series, 240, 5, 2)).toEqual(periods);
});

test('whatever was added and forgotten, the newest readings come in their order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), (periods, added) => {
      const series = new MetricSeries(60, 'Average', 0);
      series.retain(periods);
      for (let reading = 1; reading <= added; reading++) series.add(reading, reading);
      const expected = Array.from({ length: Math.min(periods, added) }, (_, index) => Math.max(0, added - periods) + index + 1);
      expect(read(series, added, periods)).toEqual(expected);
    }),
  );
});
