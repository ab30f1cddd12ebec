import { expect, test } from 'vitest';
import { ResponseTimes } from '../../../rehearsal/load-balancer/load-balancer-metrics';

test('adds up response times, with their median, 95th and 99th percentile', () => {
  const times = new ResponseTimes();
  // 1 to 100 ms, not in order.
  for (let index = 0; index < 100; index++) times.add((((index * 37) % 100) + 1) / 1000);
  const { responses, responseSeconds, p50ResponseSeconds, p95ResponseSeconds, p99ResponseSeconds } = times.read();
  expect(responses).toBe(100);
  expect(responseSeconds / responses).toBeCloseTo(0.0505, 9);
  expect(p50ResponseSeconds / responses).toBeCloseTo(0.05, 9);
  expect(p95ResponseSeconds / responses).toBeCloseTo(0.095, 9);
  expect(p99ResponseSeconds / responses).toBeCloseTo(0.099, 9);
  expect(times.read().responses).toBe(100);
});

test('works over many batches', () => {
  const times = new ResponseTimes();
  for (let index = 0; index < 10_000; index++) times.add(index % 10 === 0 ? 1 : 0.1);
  const { responses, p50ResponseSeconds, p95ResponseSeconds } = times.read();
  expect([responses, p50ResponseSeconds, p95ResponseSeconds].map((value) => Number(value.toFixed(6)))).toEqual([10_000, 1000, 10_000]);
});
