import { expect, test } from 'vitest';
import { quotaMethod } from '../../../../cli/rehearsal/tasks/quota-method';
import { InvalidInput } from '../../../../src/plan/invalid-input';

test.each([
  ['linux', 'measured'],
  ['darwin', 'estimated'],
] as const)('on %s the CPU of a task is %s', (platform, method) => {
  expect(quotaMethod(platform)).toBe(method);
});

test('fails on Windows, and says where to run instead', () => {
  expect(() => quotaMethod('win32')).toThrow(InvalidInput);
  expect(() => quotaMethod('win32')).toThrow('run it under WSL or on Linux or macOS');
});
