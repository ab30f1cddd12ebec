import type { Outcome } from '../../../src/run/outcome';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

/** 57 % CPU on two tasks, with requests at their measured cost. */
export const SCENARIO: Scenario = {
  plan: searchPlan(2, 4, [cpuTarget(70)]),
  workload: MEASURED_SEARCH_WORKLOAD,
  traffic: parseTraffic('rps 1850 for 20m'),
  behavior: AWS_BEHAVIOR,
  seed: 1,
};

/** The measured CPU seconds of a request. */
export const MEASURED = MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest;

/** The outcome where a request costs a multiple of the measured cost. */
export function outcomeWithCost(times: number, changes: Partial<Scenario> = {}): Outcome {
  return forecast({ ...SCENARIO, ...changes, workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: times * MEASURED } });
}
