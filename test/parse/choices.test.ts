import { expect, test } from 'vitest';
import { formatChoices } from '../../src/parse/choices';

const MANY = [
  'requestsPerIteration',
  'predictedMinimums',
  'imageMegabytes',
  'policyChanges',
  'startsAt',
  'behavior',
  'workload',
  'traffic',
];

test('a short list of choices is complete, in its order', () => {
  expect(formatChoices(['think', 'traffic'], 'trafic')).toBe('think, traffic');
});

test('a long one begins with what is most like the given name, and fits a line', () => {
  expect(formatChoices([...MANY, 'seed'], 'trafic')).toMatch(/^traffic, .* or \d more$/);
  expect(formatChoices([...MANY, 'seed'], 'work load')).toMatch(/^workload, /);
  expect(formatChoices([...MANY, 'seed'], '').length).toBeLessThan(110);
});
