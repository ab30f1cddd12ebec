import { expect, test } from 'vitest';
import { memoryFillSeconds } from '../../../cli/rehearsal/memory-fill-time';
import { forecast } from '../../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { parseFault } from '../../../src/scenario/parse-fault';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../../search-plan';

function told(faults: readonly string[], seconds: number) {
  return forecast({
    plan: searchPlan(2, 6, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 3 for 10m'),
    behavior: AWS_BEHAVIOR,
    faults: faults.map(parseFault),
    memoryFillSeconds: seconds,
    seed: 1,
  });
}

test.each([
  ['fill memory of 1 at 1m', 100, 100],
  ['fill memory of 2 at 1m', 250, 250],
  ['fill memory of 1 at 9m', 100, Number.POSITIVE_INFINITY],
  ['fill memory of 1 at 1m', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['kill 1 at 1m', 100, undefined],
])('what "%s" tells of tasks that are full after %d seconds is %d seconds', (fault, seconds, read) => {
  expect(memoryFillSeconds(told([fault], seconds))).toEqual(read);
});

test('a task that is lost before its memory is full is not lost again', () => {
  const { events } = told(['fill memory of 1 at 1m', 'kill 1 at 90s'], 120);
  expect(events.map(({ description }) => description)).toEqual([
    '1 task was made to run out of memory',
    '1 task was killed',
    'a replacement became healthy',
  ]);
});
