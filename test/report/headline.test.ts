import { expect, test } from 'vitest';
import { headline, headlines, shortTraffic } from '../../src/report/headline';
import { usersPanel } from '../../src/report/panels/traffic-panels';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
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

test('traffic of many phases is named by its range, of which an end that steps do not reach is no part', () => {
  const traffic = parseTraffic(['users 50..150 every 5m for 10m', ...Array(5).fill('users 60 for 1m')].join());
  expect(shortTraffic(traffic)).toBe('50 to 100 users over 15m, in 6 phases');
});

test('steps are drawn as steps', () => {
  const [users] = usersPanel([{ ...runOf('users 50..150 every 5m for 10m'), color: 'grey', isSingleRun: true }]).series;
  expect(users!.line.map(({ atSeconds, value }) => [atSeconds, value])).toEqual([
    [0, 50],
    [300, 50],
    [300, 100],
    [600, 100],
  ]);
});
