import type { Plan } from '../../src/plan/service-plan';
import type { ReportedRun } from '../../src/report/report';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** The search service, 2 to 4 tasks at 70 % CPU. */
export const SEARCH_PLAN: Plan = searchPlan(2, 4, [cpuTarget(70)]);

/** A forecast of a plan under traffic. */
export function runOf(traffic: string, plan: Plan = SEARCH_PLAN, name = 'forecast'): ReportedRun {
  const scenario: Scenario = { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic(traffic), behavior: AWS_BEHAVIOR, seed: 1 };
  return { name, scenario, outcome: forecast(scenario) };
}
