import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** The search service of 2 to 6 tasks at a CPU target of 60 %, under some traffic. */
export function searchScenario(traffic: string, changes: Partial<Scenario> = {}): Scenario {
  return {
    plan: searchPlan(2, 6, [cpuTarget(60)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
    ...changes,
  };
}
