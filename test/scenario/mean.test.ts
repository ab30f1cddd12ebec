import { expect, test } from 'vitest';
import { mean } from '../../src/scenario/mean';

test('the mean of some numbers is their sum, shared among them', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean([0.5])).toBe(0.5);
});
