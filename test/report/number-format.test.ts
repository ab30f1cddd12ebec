import { describe, expect, test } from 'vitest';
import { formatNumber, formatPercentage, formatTick, formatWholeNumber } from '../../src/report/number-format';

test.each([
  [0, '0'],
  [999, '999'],
  [1234567.4, '1,234,567'],
  [-1000, '-1,000'],
  [-0.2, '0'],
])('the whole number of %d is %s', (value, text) => {
  expect(formatWholeNumber(value)).toBe(text);
});

test.each([
  [0.0421, '0.042'],
  [1.2, '1.2'],
  [12.34, '12.3'],
  [123.4, '123'],
  [0.1 + 0.2, '0.3'],
  [2980, '2,980'],
])('the amount %d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

describe('the labels of an axis', () => {
  test.each([
    [
      [0, 500, 1000],
      ['0', '500', '1,000'],
    ],
    [
      [0, 5000, 10_000, 15_000],
      ['0', '5k', '10k', '15k'],
    ],
    [
      [0, 500_000, 1_000_000],
      ['0', '0.5M', '1M'],
    ],
  ])('%j share a unit', (values, texts) => {
    expect(values.map((value) => formatTick(value, values.at(-1)!))).toEqual(texts);
  });
});

test.each([
  [0, '0 %'],
  [0.000_01, 'below 0.01 %'],
  [0.0012, '0.12 %'],
  [0.2579, '25.8 %'],
  [1, '100 %'],
])('the share %d is %s', (share, text) => {
  expect(formatPercentage(share)).toBe(text);
});
