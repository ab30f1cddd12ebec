import { expect, test } from 'vitest';
import type { Figure } from '../../src/report/figure';
import { formatNumber, formatPercentage } from '../../src/report/number-format';
import { difference } from '../../src/report/run-differences';
import { runOf } from './runs';

const run = runOf('users 10 for 2m');
const format = (milliseconds: number): string => `${formatNumber(milliseconds)} ms`;

test.each<[number, number, Figure['format'], string]>([
  [100, 120, format, '+20 ms (+20 %)'],
  [100, 80, format, '−20 ms (−20 %)'],
  [1000, 1004, format, '+4 ms (less than 1 % more)'],
  [1000, 996, format, '−4 ms (less than 1 % less)'],
  [0, 3, format, '+3 ms'],
  [0.1, 0.10006, formatPercentage, 'none'],
  [0.00014, 0.00016, formatPercentage, 'less than 0.01 % more (+14 %)'],
  [5, 5, format, 'none'],
])('from %s to %s', (before, after, formatValue, text) => {
  const other = { ...run };
  const figure: Figure = { name: 'figure', format: formatValue, value: (each) => (each === run ? before : after) };
  expect(difference(figure, run, other)).toBe(text);
});
