import { forecast } from '../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { Outcome } from '../../src/scenario/outcome';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import type { Scenario } from '../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

/** 57 % of CPU on two tasks, with requests as measured. */
export const SCENARIO: Scenario = {
  plan: searchPlan(2, 4, [cpuTarget(70)]),
  workload: MEASURED_SEARCH_WORKLOAD,
  traffic: parseTraffic('rps 1850 for 20m'),
  behavior: AWS_BEHAVIOR,
  seed: 1,
};

/** CPU seconds of a request as measured. */
export const MEASURED = MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;

/** What happens where a request costs so many times what was measured. */
export function happening(times: number, changes: Partial<Scenario> = {}): Outcome {
  return forecast({ ...SCENARIO, ...changes, workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: times * MEASURED } });
}
