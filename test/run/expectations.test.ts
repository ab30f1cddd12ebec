import { describe, expect, test } from 'vitest';
import { parseTaskRange, unmetExpectations } from '../../src/run/expectations';
import type { Outcome } from '../../src/run/outcome';
import { totals } from '../totals';

function outcome(maxTasks: number, failedRequests: number): Outcome {
  return { kind: 'forecast', timeline: [], activities: [], notScaled: [], events: [], totals: totals({ maxTasks, failedRequests }) };
}

describe('expectations', () => {
  test.each([
    [{}, 9, 9],
    [{ maxTasksRange: { min: 3, max: 3 } }, 3, 9],
    [{ maxTasksRange: { min: 3, max: 6 }, maxFailedRequests: 0 }, 6, 0],
    [{ maxFailedRequests: 2 }, 9, 2],
  ])('%j hold for %d tasks and %d failures', (expectations, maxTasks, failures) => {
    expect(unmetExpectations(expectations, [outcome(maxTasks, failures)])).toEqual([]);
  });

  test.each([
    [{ maxTasksRange: { min: 3, max: 3 } }, 4, 0, 'the maximum number of tasks must be 3, got 4 in the forecast'],
    [{ maxTasksRange: { min: 3, max: 6 } }, 2, 0, 'the maximum number of tasks must be 3 to 6, got 2 in the forecast'],
    [{ maxFailedRequests: 0 }, 2, 0.2, 'failed requests must be at most 0, got 1 in the forecast'],
  ])('%j do not hold for %d tasks and %d failures', (expectations, maxTasks, failures, sentence) => {
    expect(unmetExpectations(expectations, [outcome(maxTasks, failures)])).toEqual([sentence]);
  });
});

/** Outcomes with these 99th percentiles, one for each seed. */
function withP99(...p99Millis: (number | undefined)[]): Outcome[] {
  return p99Millis.map((millis) => ({ ...outcome(2, 0), totals: totals({ p95Millis: 100, p99Millis: millis }) }));
}

test('the percentiles of the latency have to hold with every seed', () => {
  expect(unmetExpectations({ p95Millis: 100, p99Millis: 300 }, withP99(299, 300.04, undefined))).toEqual([]);
  expect(unmetExpectations({ p95Millis: 99.5, p99Millis: 300 }, withP99(299, 300.06, 412))).toEqual([
    'the p95 latency must be at most 99.5 ms, got 100 ms in the forecast with 3 of 3 seeds',
    'the p99 latency must be at most 300 ms, got 300.1 to 412 ms in the forecast with 2 of 3 seeds',
  ]);
});

test('an expectation has to hold with every seed', () => {
  const outcomes = [outcome(3, 0), outcome(4, 7), outcome(5, 0)];
  expect(unmetExpectations({ maxTasksRange: { min: 3, max: 3 }, maxFailedRequests: 0 }, outcomes)).toEqual([
    'the maximum number of tasks must be 3, got 4 to 5 in the forecast with 2 of 3 seeds',
    'failed requests must be at most 0, got 7 in the forecast with 1 of 3 seeds',
  ]);
});

test.each(['', '0', '3.5', '6..3', 'x', '3..', '-1'])("a count of tasks '%s' is refused", (text) => {
  expect(() => parseTaskRange(text)).toThrowError(/--expect-max-tasks must/);
});
