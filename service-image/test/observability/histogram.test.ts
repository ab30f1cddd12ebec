import { expect, test } from 'vitest';
import { Histogram } from '../../src/observability/histogram.js';

test('each value is counted in its bucket and in all larger ones', () => {
  const histogram = new Histogram([1, 10]);
  for (const value of [0.5, 1, 2, 10, 11]) histogram.observe(value);
  expect(histogram.lines('size', 'of="a"')).toEqual([
    'size_bucket{of="a",le="1"} 2',
    'size_bucket{of="a",le="10"} 4',
    'size_bucket{of="a",le="+Inf"} 5',
    'size_sum{of="a"} 24.5',
    'size_count{of="a"} 5',
  ]);
});
