import { expect, test } from 'vitest';
import { CHECKS } from '../../../cli/check/check-task';
import { selectChecks } from '../../../cli/input/selected-checks';

const NAMES = CHECKS.map(({ name }) => name);

test('without a selection all checks run and are reported', () => {
  const { run, reported } = selectChecks(CHECKS, {});
  expect(run).toEqual(CHECKS);
  expect([...reported]).toEqual(NAMES);
});

test.each([
  [['idle-connections'], ['keeps idle connections open']],
  [
    ['MEMORY', 'non-root'],
    ['keeps memory stable under load', 'runs as a non-root user'],
  ],
  [['responds'], ['responds to requests', 'responds under load']],
])('--only %j reports %j', (only, names) => {
  expect([...selectChecks(CHECKS, { only }).reported]).toEqual(names);
});

test('a check that needs a task runs after those that start one', () => {
  const runOf = (only: string) => selectChecks(CHECKS, { only: [only] }).run.map(({ name }) => name);
  const start = ['listens on its port', 'becomes healthy within the grace period'];
  expect(runOf('non-root')).toEqual(['runs as a non-root user']);
  expect(runOf('long headers')).toEqual([...start, 'accepts long headers']);
  expect(runOf('stop timeout')).toEqual([...start, 'exits within the stop timeout']);
});

test('a check of the stop that is skipped does not run for the others of the stop', () => {
  const { run } = selectChecks(CHECKS, { skip: ['completes requests'] });
  expect(run.map(({ name }) => name)).toEqual(NAMES.filter((name) => name !== 'completes requests when stopped'));
});

test('--skip leaves a check out', () => {
  expect([...selectChecks(CHECKS, { skip: ['read-only'] }).reported]).toEqual(NAMES.filter((name) => !name.includes('read-only')));
});

test('a name that no check has is an error with all names, and so is an empty selection', () => {
  expect(() => selectChecks(CHECKS, { only: ['speed'] })).toThrow(/^--only must be a part of .* 'listens on its port', .* got 'speed'$/);
  expect(() => selectChecks(CHECKS, { only: ['non-root'], skip: ['root'] })).toThrow(/^--only and --skip must leave a check/);
  expect(() => selectChecks(CHECKS, { skip: ['-'] })).toThrow(/^--skip must be/);
});
