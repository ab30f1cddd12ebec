import { expect, test } from 'vitest';
import { formatFault, formatInjectedFault, parseFault } from '../../src/faults/fault-grammar';
import { type Fault, faultErrors } from '../../src/faults/fault-kinds';

test.each([
  ['stop 1 at 0s', '1 task stopped', '1 task was stopped'],
  ['kill 3 at 0s', '3 tasks killed', '3 tasks were killed'],
  ['exhaust memory of 1 at 1m', '1 task made to run out of memory', '1 task was made to run out of memory'],
  ['pause 2 at 1m for 30s', '2 tasks paused for 30 s', '2 tasks were paused for 30 s'],
  ['slow 1 to 50% at 1m for 30s', '1 task slowed to 50 % of the speed for 30 s', '1 task was slowed to 50 % of the speed for 30 s'],
  [
    'fail health checks of 2 at 1m for 30s',
    '2 tasks made to fail their health checks for 30 s',
    '2 tasks were made to fail their health checks for 30 s',
  ],
  ['crash at start at 1m for 30s', 'every new task made to exit at start for 30 s', 'every new task was made to exit at start for 30 s'],
  ['lose zone at 1m for 10m', 'a zone lost for 600 s', 'a zone was lost for 600 s'],
  ['deploy at 1m', 'a deployment started', 'a deployment was started'],
  ['bad deploy at 1m', 'a deployment whose tasks fail started', 'a deployment whose tasks fail was started'],
  [
    'slow dependency by 2s at 1m for 5s',
    'a dependency slowed by 2 s a request for 5 s',
    'a dependency was slowed by 2 s a request for 5 s',
  ],
])('"%s" is formatted as: %s, and after it began: %s', (words, before, after) => {
  const fault = parseFault(words);
  expect(formatFault(fault)).toBe(before);
  expect(formatInjectedFault(fault, 'count' in fault ? fault.count : 0)).toBe(after);
  expect(faultErrors(fault)).toEqual([]);
});

test.each([
  [0, 'no tasks were killed'],
  [1, '1 task was killed'],
])('a fault of 2 tasks where %i run names the number of affected tasks', (taskCount, words) => {
  expect(formatInjectedFault(parseFault('kill 2 at 0s'), taskCount)).toBe(words);
});

test.each<[Fault, string[]]>([
  [{ kind: 'stop-task', atSeconds: -1, count: 1 }, ['stop-task must begin at 0 seconds or later, got -1']],
  [{ kind: 'kill-task', atSeconds: 0, count: 1.5 }, ['kill-task must affect a whole number of at least 1 task, got 1.5']],
  [{ kind: 'lose-zone', atSeconds: 0, durationSeconds: 0 }, ['lose-zone must last longer than 0 seconds, got 0']],
  [
    { kind: 'slow-task', atSeconds: Number.NaN, count: 0, durationSeconds: -1, relativeSpeed: 2 },
    [
      'slow-task must begin at 0 seconds or later, got NaN',
      'slow-task must affect a whole number of at least 1 task, got 0',
      'slow-task must last longer than 0 seconds, got -1',
      'slow-task must leave a share of the speed above 0 and at most 1, got 2',
    ],
  ],
  [
    { kind: 'slow-dependency', atSeconds: 0, durationSeconds: 1, addedSeconds: Number.POSITIVE_INFINITY },
    ['slow-dependency must add more than 0 seconds, got Infinity'],
  ],
])('%j is not valid', (fault, errors) => {
  expect(faultErrors(fault)).toEqual(errors);
});
