import { expect, test } from 'vitest';
import { jsonOf } from '../../src/report/export-formats';
import { runOf } from './runs';

test('a single run is the scenario and the outcome, in numbers', () => {
  const run = runOf('users 5 for 2m');
  expect(JSON.parse(jsonOf({ title: 'One', runs: [run] }))).toMatchObject({
    name: 'forecast',
    plan: { policy: { minCapacity: 2 } },
    traffic: 'users 5 for 2m',
    seed: 1,
    outcome: { totals: { maxTasks: run.outcome.totals.maxTasks } },
  });
});

test('several runs are an array', () => {
  const runs = [runOf('users 5 for 2m'), runOf('users 6 for 2m', undefined, 'more')] as const;
  expect(JSON.parse(jsonOf({ title: 'Two', runs })).map(({ name }: { name: string }) => name)).toEqual(['forecast', 'more']);
});
