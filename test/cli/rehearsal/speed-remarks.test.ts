import { expect, test } from 'vitest';
import { speedRemarks } from '../../../cli/rehearsal/speed-remarks';
import { atSpeed } from '../../../cli/rehearsal-scenario';
import { forecast } from '../../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { parseFault } from '../../../src/scenario/parse-fault';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../../search-plan';

/** What is said where filling the memory of a task takes so many seconds of the wall clock. */
function said(fault: string, speed: number, fillSeconds = 3): string[] {
  const scenario = {
    plan: searchPlan(2, 6, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 3 for 10m'),
    behavior: AWS_BEHAVIOR,
    faults: [parseFault(fault)],
    seed: 1,
  };
  return speedRemarks(scenario, speed, forecast(atSpeed({ ...scenario, memoryFillSeconds: fillSeconds * speed }, speed)));
}

test.each<[string, number, RegExp[]]>([
  [
    'fill memory of 1 at 1m',
    60,
    [/^filling the memory of a task took 3 s, which are 3:00 at 60 times .* Take --speed 5, where it takes 0:15$/],
  ],
  ['fill memory of 1 at 9m', 60, [/^no task had filled its memory before it went or the rehearsal ended: .* Take --speed 5$/]],
  [
    'freeze 1 at 1m for 1m',
    60,
    [
      /^a frozen task held its requests for 1 s, which are 1:00 .* wait for up to 60 s, .* --speed 5, where it is 12 s$/,
      /^a task takes 5 s from SIGTERM/,
    ],
  ],
  ['stop 1 at 1m', 60, [/^a task takes 5 s from SIGTERM to its end, which are 5:00 at 60 times .* --speed 5, where it is 0:25$/]],
  ['stop 1 at 1m', 10, []],
  ['kill 1 at 1m', 60, []],
  ['fill memory of 1 at 1m', 5, []],
])('of "%s" at %d times the speed', (fault, speed, remarks) => {
  expect(said(fault, speed)).toEqual(remarks.map((remark) => expect.stringMatching(remark)));
});
