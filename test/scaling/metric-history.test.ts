import { expect, test } from 'vitest';
import { MetricHistory } from '../../src/scaling/metric-history';

test('shows a datapoint only once it is visible, the newest last', () => {
  const history = new MetricHistory(10);
  history.add(1, 60);
  history.add(undefined, 120);
  history.add(3, 180);
  expect(history.visible(59, 5)).toEqual([]);
  expect(history.visible(120, 5)).toEqual([1, undefined]);
  expect(history.visible(180, 5)).toEqual([1, undefined, 3]);
  expect(history.visible(180, 2)).toEqual([undefined, 3]);
});

test('forgets what is older than its depth', () => {
  const history = new MetricHistory(2);
  for (const value of [1, 2, 3]) history.add(value, 0);
  expect(history.visible(0, 5)).toEqual([2, 3]);
});
