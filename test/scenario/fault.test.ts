import { expect, test } from 'vitest';
import { type Fault, faultInWords, faultMistakes } from '../../src/scenario/fault';

test.each<[Fault, string]>([
  [{ kind: 'stop-task', atSeconds: 0, count: 1 }, '1 task stopped'],
  [{ kind: 'freeze-task', atSeconds: 60, count: 2, durationSeconds: 30 }, '2 tasks frozen for 30 s'],
  [{ kind: 'slow-task', atSeconds: 60, count: 1, durationSeconds: 30, speedShare: 0.5 }, '1 task slow, at 50 % of the speed for 30 s'],
  [{ kind: 'lose-zone', atSeconds: 60, durationSeconds: 600 }, 'a zone is lost for 600 s'],
  [{ kind: 'bad-deployment', atSeconds: 60 }, 'a deployment whose tasks fail'],
  [
    { kind: 'slow-dependency', atSeconds: 60, durationSeconds: 5, addedSeconds: 2 },
    'a dependency is slow, 2 s added to each request for 5 s',
  ],
])('%j reads: %s', (fault, words) => {
  expect(faultInWords(fault)).toBe(words);
  expect(faultMistakes(fault)).toEqual([]);
});

test.each<[Fault, string[]]>([
  [{ kind: 'stop-task', atSeconds: -1, count: 1 }, ['stop-task must come at 0 seconds or later, got -1']],
  [{ kind: 'kill-task', atSeconds: 0, count: 1.5 }, ['kill-task must befall a whole number of at least 1 task, got 1.5']],
  [{ kind: 'lose-zone', atSeconds: 0, durationSeconds: 0 }, ['lose-zone must last longer than 0 seconds, got 0']],
  [
    { kind: 'slow-task', atSeconds: Number.NaN, count: 0, durationSeconds: -1, speedShare: 2 },
    [
      'slow-task must come at 0 seconds or later, got NaN',
      'slow-task must befall a whole number of at least 1 task, got 0',
      'slow-task must last longer than 0 seconds, got -1',
      'slow-task must leave a share of the speed above 0 and at most 1, got 2',
    ],
  ],
  [
    { kind: 'slow-dependency', atSeconds: 0, durationSeconds: 1, addedSeconds: Number.POSITIVE_INFINITY },
    ['slow-dependency must add more than 0 seconds, got Infinity'],
  ],
])('%j is refused', (fault, sentences) => {
  expect(faultMistakes(fault)).toEqual(sentences);
});
