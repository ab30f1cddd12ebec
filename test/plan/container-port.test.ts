import { expect, test } from 'vitest';
import { containerPortMistakes } from '../../src/plan/container-port';

test.each([1, 80, 65_535])('%d is a port', (port) => {
  expect(containerPortMistakes(port)).toEqual([]);
});

test.each([0, 65_536, 80.5, Number.NaN])('%d is none', (port) => {
  expect(containerPortMistakes(port)).toEqual([`containerPort must be a whole number from 1 to 65535, got ${port}`]);
});
