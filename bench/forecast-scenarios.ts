import type { Scenario } from '../src/run/scenario';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { Trace } from '../src/traffic/trace';
import { parseTraffic } from '../src/traffic/traffic-grammar';
import type { Traffic } from '../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD } from '../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../test/search-plan';

const MINUTES_PER_DAY = 1440;

/** The search service of 2 to 10 tasks under some traffic. */
export function searchScenario(traffic: Traffic | string, maxCapacity = 10): Scenario {
  return {
    plan: searchPlan(2, maxCapacity, [cpuTarget(60)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: typeof traffic === 'string' ? parseTraffic(traffic) : traffic,
    behavior: AWS_BEHAVIOR,
    faults: [],
    seed: 1,
  };
}

/** Days with one rate for each minute, from 200 to 3,000 requests per second. */
export function daysByMinute(days: number): Traffic {
  const minutes = Array.from({ length: days * MINUTES_PER_DAY }, (_, minute) => minute);
  return {
    phases: new Trace(
      Float64Array.from(minutes, (minute) => 60 * (minute + 1)),
      Float64Array.from(minutes, (minute) => 1600 - 1400 * Math.cos((2 * Math.PI * minute) / MINUTES_PER_DAY)),
    ),
  };
}

/** 6 ms of CPU per request: a task of 0.25 vCPU serves 36 requests per second at most. */
const COSTLY_WORKLOAD = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.006 };

/** A service that is overloaded while it grows to a number of tasks: they fail their health checks and are replaced. */
export function overloadedScenario(tasks: number, traffic: string): Scenario {
  const plan = searchPlan(2, tasks, [requestTarget(25 * 60), cpuTarget(60)]);
  return {
    ...searchScenario(traffic),
    plan: { ...plan, healthCheck: { ...plan.healthCheck, intervalSeconds: 10 } },
    workload: COSTLY_WORKLOAD,
  };
}
