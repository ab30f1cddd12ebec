import { describe, expect, test } from 'vitest';
import {
  type CandidateBands,
  formatObjective,
  type Objective,
  objectiveErrors,
  tasksLostAtOnce,
  unmetObjectives,
} from '../../src/decide/objective';
import type { Band } from '../../src/simulation/band';

const at = (high: number): Band => ({ low: 0, median: 0, high, max: high, seeds: 1 });

function judged(changes: Partial<CandidateBands> = {}): CandidateBands {
  const none = at(0);
  return {
    maxTasks: none,
    secondsOverTarget: none,
    failedRequests: none,
    failedShare: none,
    p95Millis: none,
    p99Millis: none,
    outageSeconds: none,
    taskHours: none,
    firstScaleOutSeconds: undefined,
    firstScaleInSeconds: undefined,
    dollarsPerMonth: none,
    taskDollarsPerMonth: none,
    lossNotSurvivedShare: none,
    shareMissingObjective: none,
    ...changes,
  };
}

describe('an objective is missed just beyond its limit', () => {
  test.each<[string, Objective, Partial<CandidateBands>, Partial<CandidateBands>, string]>([
    ['latency', { p95Millis: 100 }, { p95Millis: at(100) }, { p95Millis: at(100.5) }, '95 of 100 responses come within 101 ms, not 100 ms'],
    [
      'the slowest responses',
      { p95Millis: 100, p99Millis: 200 },
      { p95Millis: at(90), p99Millis: at(200) },
      { p95Millis: at(90), p99Millis: at(201) },
      '99 of 100 responses come within 201 ms, not 200 ms',
    ],
    [
      'failures',
      { failedShare: 0.01 },
      { failedShare: at(0.01), failedRequests: at(10) },
      { failedShare: at(0.011), failedRequests: at(11) },
      '1.1 % of the requests fail, not 1 %',
    ],
    [
      'any failure',
      {},
      { failedShare: at(0.1), failedRequests: at(0.49) },
      { failedShare: at(0.1), failedRequests: at(0.5) },
      '10 % of the requests fail, not 0 %',
    ],
    [
      'one task lost',
      { tasksLost: 1 },
      {},
      { lossNotSurvivedShare: at(0.25) },
      'the loss of one task would not be survived in 25 % of the time',
    ],
  ])('%s', (_, objective, inside, outside, message) => {
    expect(unmetObjectives(objective, judged(inside))).toEqual([]);
    expect(unmetObjectives(objective, judged(outside))).toEqual([message]);
  });
});

test.each<[Objective, number, number]>([
  [{}, 6, 0],
  [{ tasksLost: 2 }, 6, 2],
  [{ zoneLost: true }, 6, 3],
  [{ zoneLost: true }, 5, 3],
  [{ zoneLost: true, tasksLost: 4 }, 6, 4],
])('with %o, of %s tasks over two zones %s are lost', (objective, tasks, lost) => {
  expect(tasksLostAtOnce(objective, tasks, 2)).toBe(lost);
});

test.each<[Objective, string]>([
  [{}, 'no failed request'],
  [
    { p95Millis: 100, failedShare: 0.001, tasksLost: 1 },
    '95 of 100 responses within 100 ms, at most 0.1 % of the requests failed, the loss of one task survived at any moment',
  ],
  [{ p95Millis: 100, p99Millis: 250 }, '95 of 100 responses within 100 ms, 99 of 100 responses within 250 ms, no failed request'],
  [{ zoneLost: true, tasksLost: 2 }, 'no failed request, the loss of a zone, or of 2 tasks, survived at any moment'],
])('%o is formatted as text', (objective, words) => {
  expect(formatObjective(objective)).toBe(words);
});

test('an objective that is out of range is rejected', () => {
  expect(objectiveErrors({ p95Millis: 1, failedShare: 1, tasksLost: 0 })).toEqual([]);
  expect(objectiveErrors({ p95Millis: Number.NaN, p99Millis: 0, failedShare: -0.1, tasksLost: 0.5 })).toEqual([
    'p95Millis must be above 0, got NaN',
    'p99Millis must be above 0, got 0',
    'failedShare must be from 0 to 1, got -0.1',
    'tasksLost must be a whole number of at least 0, got 0.5',
  ]);
});
