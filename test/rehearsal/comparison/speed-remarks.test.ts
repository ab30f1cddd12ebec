import { expect, test } from 'vitest';
import { speedRemarks, startUpRemark } from '../../../rehearsal/comparison/speed-remarks';
import { parseFault } from '../../../src/faults/fault-grammar';
import { atSpeed } from '../../../src/run/at-speed';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

/** The remarks on a fault, if exhausting the memory of a task takes the given seconds of the wall clock. */
function remarksOn(fault: string, speed: number, fillSeconds = 3): string[] {
  const scenario = {
    plan: searchPlan(2, 6, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 3 for 10m'),
    behavior: AWS_BEHAVIOR,
    faults: [parseFault(fault)],
    seed: 1,
  };
  return speedRemarks(scenario, speed, forecast(atSpeed({ ...scenario, memoryExhaustionSeconds: fillSeconds * speed }, speed)));
}

test.each<[string, number, RegExp[]]>([
  [
    'exhaust memory of 1 at 1m',
    60,
    [/^exhausting the memory of a task took 3 s, which is 3:00 at 60 times .* Use --speed 5, at which it is 0:15$/],
  ],
  ['exhaust memory of 1 at 9m', 60, [/^no task exhausted its memory before it or the rehearsal ended: .* Use --speed 5$/]],
  [
    'pause 1 at 1m for 1m',
    60,
    [
      /^a paused task delayed its requests by 1 s, which is 1:00 .* wait up to 60 s, .* --speed 5, at which it is 12 s$/,
      /^a task takes 5 s from SIGTERM/,
    ],
  ],
  ['stop 1 at 1m', 60, [/^a task takes 5 s from SIGTERM to its exit, which is 5:00 at 60 times .* --speed 5, at which it is 0:25$/]],
  ['stop 1 at 1m', 10, []],
  ['kill 1 at 1m', 60, []],
  ['exhaust memory of 1 at 1m', 5, []],
])('remarks on "%s" at %d times the speed', (fault, speed, remarks) => {
  expect(remarksOn(fault, speed)).toEqual(remarks.map((remark) => expect.stringMatching(remark)));
});

test('remarks on a start that takes minutes at speed, with the speed at which it is fair', () => {
  const scenario = (startUpSeconds: number) => ({
    plan: searchPlan(2, 6, [cpuTarget(70)]),
    workload: { ...MEASURED_SEARCH_WORKLOAD, startUpSeconds },
    traffic: parseTraffic('users 3 for 10m'),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  });
  expect(startUpRemark(scenario(18.2), 30)).toEqual([
    expect.stringMatching(/^a task takes 18 s to start, which is 9:06 at 30 times the speed: .* Use --speed 3, at which it is 0:5[45]$/),
  ]);
  expect(startUpRemark(scenario(1), 60)).toEqual([]);
  expect(startUpRemark(scenario(100), 2)).toEqual([expect.stringContaining('Use --speed 1, ')]);
});
