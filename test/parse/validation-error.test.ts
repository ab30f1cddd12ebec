import { expect, test } from 'vitest';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { formatError, type ValidationError, validationError } from '../../src/parse/validation-error';

test.each<[ValidationError, string]>([
  ['port 8080 is already in use', 'port 8080 is already in use'],
  [validationError('cpu', 'be above 0', -1), 'cpu must be above 0, got -1'],
  [validationError('priority', 'be given beside listener'), 'priority must be given beside listener, got none'],
  [{ ...validationError('cpu', 'be at most 4', 5), isDefault: true }, 'cpu must be at most 4, got 5, its default'],
  [validationError('min', ['be at most ', { path: 'max', value: 6 }], 7), 'min must be at most max (6), got 7'],
  [
    validationError('min', ['be at most ', { path: 'max', value: 6, isDefault: true }], 7),
    'min must be at most max (6, its default), got 7',
  ],
])('%j is written as %s', (error, text) => {
  expect(formatError(error)).toBe(text);
});

test('all errors are thrown together, each once, with their subject', () => {
  const errors = [validationError('a', 'be b', 'c'), validationError('d', 'be e', 'f'), validationError('a', 'be b', 'c')];
  expect(() => throwIfAny(errors, 'Shop/Search')).toThrow(
    new InputError(['Shop/Search: a must be b, got c', 'Shop/Search: d must be e, got f']),
  );
});

test('nothing is thrown without an error', () => {
  expect(() => throwIfAny([])).not.toThrow();
});
