import { expect, test } from 'vitest';
import { ResponseTimes } from '../../../../cli/rehearsal/load-balancer/response-times';

test('adds up what was answered, with the median and the 95th percentile of the time', () => {
  const times = new ResponseTimes();
  // 1 to 100 ms in an order that is not theirs.
  for (let index = 0; index < 100; index++) times.add((((index * 37) % 100) + 1) / 1000);
  const { responses, responseSeconds, p50ResponseSeconds, p95ResponseSeconds } = times.read();
  expect(responses).toBe(100);
  expect(responseSeconds / responses).toBeCloseTo(0.0505, 9);
  expect(p50ResponseSeconds / responses).toBeCloseTo(0.05, 9);
  expect(p95ResponseSeconds / responses).toBeCloseTo(0.095, 9);
  expect(times.read().responses).toBe(100);
});

test('goes on over many batches', () => {
  const times = new ResponseTimes();
  for (let index = 0; index < 10_000; index++) times.add(index % 10 === 0 ? 1 : 0.1);
  const { responses, p50ResponseSeconds, p95ResponseSeconds } = times.read();
  expect([responses, p50ResponseSeconds, p95ResponseSeconds].map((value) => Number(value.toFixed(6)))).toEqual([10_000, 1000, 10_000]);
});
