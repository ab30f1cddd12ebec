import { expect, test } from 'vitest';
import { memoryExhaustionSeconds } from '../../../rehearsal/comparison/observed-scenario';
import { parseFault } from '../../../src/faults/fault-grammar';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

function outcomeOf(faults: readonly string[], seconds: number) {
  return forecast({
    plan: searchPlan(2, 6, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 3 for 10m'),
    behavior: AWS_BEHAVIOR,
    faults: faults.map(parseFault),
    memoryExhaustionSeconds: seconds,
    seed: 1,
  });
}

test.each([
  ['exhaust memory of 1 at 1m', 100, 100],
  ['exhaust memory of 2 at 1m', 250, 250],
  ['exhaust memory of 1 at 9m', 100, Number.POSITIVE_INFINITY],
  ['exhaust memory of 1 at 1m', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['kill 1 at 1m', 100, undefined],
])('"%s" with tasks that exhaust their memory in %d seconds is observed as %d seconds', (fault, seconds, observed) => {
  expect(memoryExhaustionSeconds(outcomeOf([fault], seconds))).toEqual(observed);
});

test('a task that is killed before its memory is exhausted is not killed again', () => {
  const { events } = outcomeOf(['exhaust memory of 1 at 1m', 'kill 1 at 90s'], 120);
  expect(events.map(({ description }) => description)).toEqual([
    '1 task was made to run out of memory',
    '1 task was killed',
    'a replacement became healthy',
  ]);
});
