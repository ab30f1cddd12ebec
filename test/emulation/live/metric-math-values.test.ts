import { expect, test } from 'vitest';
import { evaluateMetricMath, MetricMathError, type Series } from '../../../emulation/live/metric-math-values';

const SERIES: Readonly<Record<string, Series>> = {
  errors: new Map([
    [1, 2],
    [3, 6],
  ]),
  requests: new Map([
    [1, 10],
    [2, 20],
    [3, 30],
  ]),
};

function evaluate(text: string): (readonly [number, number])[] {
  return [...evaluateMetricMath(text, { series: (id) => SERIES[id], all: () => Object.values(SERIES), times: [1, 2, 3] })];
}

test.each([
  [
    'errors / requests * 100',
    [
      [1, 20],
      [3, 20],
    ],
  ],
  [
    'FILL(errors, 0) / requests',
    [
      [1, 0.2],
      [2, 0],
      [3, 0.2],
    ],
  ],
  [
    'FILL(errors, REPEAT)',
    [
      [1, 2],
      [2, 2],
      [3, 6],
    ],
  ],
  [
    'IF(requests > 15, requests, 0)',
    [
      [1, 0],
      [2, 20],
      [3, 30],
    ],
  ],
  [
    'IF(requests >= 20 AND requests < 30, 1, 0)',
    [
      [1, 0],
      [2, 1],
      [3, 0],
    ],
  ],
  [
    'SUM(METRICS())',
    [
      [1, 12],
      [2, 20],
      [3, 36],
    ],
  ],
  [
    'MAX([errors, requests])',
    [
      [1, 10],
      [2, 20],
      [3, 30],
    ],
  ],
  [
    'SUM(requests)',
    [
      [1, 60],
      [2, 60],
      [3, 60],
    ],
  ],
  ['errors / 0', []],
] as const)('%s', (expression, expected) => {
  expect(evaluate(expression)).toEqual(expected);
});

test.each([
  ['RATE(errors)', 'the function RATE is not supported'],
  ['nothing + 1', "the expression has an unknown ID 'nothing'"],
  ['errors +', "the expression 'errors +' cannot be read"],
  ['METRICS()', 'the expression must be one time series, got several'],
])('%s is refused with a sentence', (expression, message) => {
  expect(() => evaluate(expression)).toThrow(new MetricMathError(message));
});
