import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeErrors } from '../../../cli/input/set-option';
import { runCommandHere } from '../run-command-here';

describe('a change that no plan allows is an error before the plan is known', () => {
  test.each([
    ['nonsense', 'a change must be NAME=VALUE'],
    ['minCapacity=some', "minCapacity must be a number, got 'some'"],
    ['minCapcity=3', "'minCapcity' cannot be set (did you mean 'minCapacity'?)"],
    ['targetCpuUtilizationPercent=500', 'targetCpuUtilizationPercent must be above 0 and at most 100, got 500'],
    ['healthCheck.intervalSeconds=400', 'healthCheck.interval must be from 5 to 300 seconds, got 400 seconds'],
    ['healthCheck.nope=1', 'a field of healthCheck must be one of path,'],
    ['behavior.scaleInStep=fast', 'behavior.scaleInStep must be one-task or proportional'],
    ['workload.nope=1', 'a field of workload must be one of'],
    ['healthChek.path=/', 'must be one of healthCheck, service, policy,'],
  ])('%s', (change, message) => {
    expect(changeErrors([change])).toEqual([expect.stringContaining(message)]);
  });

  // a template may have a larger maximum, instances, or a longer interval.
  test.each([
    'minCapacity=50',
    'capacity.maxInstances=3',
    'policy.targetTracking.own.targetValue=3',
    'healthCheck.timeoutSeconds=60',
    'idleTimeoutSeconds=90',
  ])('%s is left to the plan', (change) => {
    expect(changeErrors([change])).toEqual([]);
  });
});

test.each([
  ['forecast', '--traffic', 'users 1 for 5m', '--set', 'nope=1'],
  ['compare', '--traffic', 'users 1 for 5m', '--plan', 'other: nope=1'],
  ['recommend', '--traffic', 'users 1 for 5m', '--p95', '1s', '--set', 'nope=1'],
  ['rehearse', '--set', 'nope=1'],
  ['measure', '--set', 'nope=1'],
  ['check', '--set', 'nope=1'],
])('%s refuses a wrong change before it synthesizes the app', async (...words) => {
  const folder = mkdtempSync(join(tmpdir(), 'set-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { exitCode, stderr } = await runCommandHere([...words, '--app', `node -e "require('fs').writeFileSync('ran', '')"`], folder);
  expect(stderr).toMatch(/^error: .*'nope' cannot be set/);
  expect(exitCode).toBe(2);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});
