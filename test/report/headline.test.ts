import { expect, test } from 'vitest';
import { headline, headlines } from '../../src/report/headline';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';
import { runOf } from './runs';

test.each([
  ['users 30 for 10m', searchPlan(2, 4, [cpuTarget(70)]), /^2 tasks throughout: nothing scales\. All [\d,]+ requests are served\.$/],
  ['users 0 for 10m', searchPlan(1, 4, [cpuTarget(70)]), /^1 task throughout: nothing scales\. No requests are sent\.$/],
  [
    'rps 375 for 3m, rps 0 for 1h',
    searchPlan(2, 6, [requestTarget(50), cpuTarget(70)]),
    /^2 tasks become 6 at \d:\d\d, and 2 again at \d\d:\d\d\. All 67,500 requests are served\.$/,
  ],
  [
    'rps 6000 for 20m',
    searchPlan(1, 3, [cpuTarget(60)]),
    /^1 task becomes 3 at \d:\d\d\. [\d,]+ of [\d,]+ requests fail \(\d+\.?\d? %\)\.$/,
  ],
])('%s', (traffic, plan, sentence) => {
  expect(headline(runOf(traffic, plan).outcome)).toMatch(sentence);
});

test('runs at different speeds have shares and not counts', () => {
  const [run, failing] = [runOf('users 30 for 10m'), runOf('rps 6000 for 20m', searchPlan(1, 3, [cpuTarget(60)]))];
  expect(headlines({ title: '', runs: [{ ...run, speed: 20 }, failing] })).toEqual([
    expect.stringMatching(/All requests are served\.$/),
    expect.stringMatching(/\d % of the requests fail\.$/),
  ]);
  expect(headlines({ title: '', runs: [run, failing] })[0]).toMatch(/All [\d,]+ requests are served\.$/);
});
