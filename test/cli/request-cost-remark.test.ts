import { describe, expect, test } from 'vitest';
import { requestCostIn } from '../../cli/rehearsal/request-cost';
import { requestCostRemark } from '../../cli/request-cost-remark';
import { forecast } from '../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseFault } from '../../src/scenario/parse-fault';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import type { Scenario } from '../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

/** 57 % of CPU on two tasks, with requests as measured. */
const SCENARIO: Scenario = {
  plan: searchPlan(2, 4, [cpuTarget(70)]),
  workload: MEASURED_SEARCH_WORKLOAD,
  traffic: parseTraffic('rps 1850 for 20m'),
  behavior: AWS_BEHAVIOR,
  seed: 1,
};

const MEASURED = MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;

/** What happens where a request costs so many times what was measured. */
function happening(times: number, changes: Partial<Scenario> = {}) {
  return forecast({ ...SCENARIO, ...changes, workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: times * MEASURED } });
}

function remarkOn(times: number): string | undefined {
  return requestCostRemark(SCENARIO, happening(1), happening(times));
}

describe('what a request cost in a run', () => {
  test.each([0.5, 0.9, 1, 1.3, 1.6])('is found when it was %f of what was measured', (times) => {
    expect(requestCostIn(happening(times), SCENARIO)! / MEASURED).toBeCloseTo(times, 1);
  });

  test('is found beside tasks that come and go', () => {
    const faults = ['stop 1 at 3m', 'deploy at 9m'].map(parseFault);
    expect(requestCostIn(happening(1.3, { faults }), SCENARIO)! / MEASURED).toBeCloseTo(1.3, 1);
  });

  test('is not asked where tasks have little to do', () => {
    expect(requestCostIn(happening(1, { traffic: parseTraffic('rps 50 for 20m') }), SCENARIO)).toBeUndefined();
  });
});

describe('a remark on it', () => {
  test('says how much more it was, and what the forecast would be with it', () => {
    expect(remarkOn(1.3)).toMatch(
      /^a request cost 0\.15\d ms of CPU here and 0\.120 ms when it was measured, (29|30|31) % more: this machine was slower .* the forecast is 2 -> 3, with 7\d % of CPU in its busiest minute$/,
    );
  });

  test('says how much less it was, and that the forecast would be the same', () => {
    expect(remarkOn(0.7)).toMatch(/ (29|30|31) % less: this machine was quicker .* the forecast is 2 as well, with 4\d % of CPU/);
  });

  test.each([0.95, 1, 1.05])('is not made where it was %f of what was measured', (times) => {
    expect(remarkOn(times)).toBeUndefined();
  });
});
