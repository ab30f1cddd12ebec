import { scalingPolicy } from '../../src/plan/policy';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { NO_FAILURES } from '../../src/run/failures';
import type { Outcome, TimelineRow } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import type { Activity } from '../../src/scaling/activity';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';
import { totals } from '../totals';

/** A scenario of the search service with 2 to 6 tasks and a CPU target of 50 %. */
export function scenario(targets: readonly TargetTracking[] = [cpuTarget(50)], changes: Partial<Scenario> = {}): Scenario {
  const plan = searchPlan(2, 6, targets);
  return {
    plan: { ...plan, policy: scalingPolicy(plan.policy) },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 1 for 1m'),
    behavior: AWS_BEHAVIOR,
    seed: 1,
    ...changes,
  };
}

/** Minutes of an open load, two healthy tasks and a CPU of 20 %, each with its changes. */
export function minutes(...changes: Partial<TimelineRow>[]): TimelineRow[] {
  return changes.map((change, index) => ({
    atSeconds: 60 * (index + 1),
    sentRequestsPerSecond: 100,
    servedRequestsPerSecond: 100,
    failedRequests: 0,
    failures: NO_FAILURES,
    failedRequestsPerSecond: 0,
    desiredCount: 2,
    runningCount: 2,
    healthyCount: 2,
    cpuUtilizationPercent: 20,
    ...change,
  }));
}

/** An outcome in which nothing happened but for what is changed. */
export function outcome(changes: Partial<Outcome> = {}): Outcome {
  return { kind: 'forecast', timeline: [], activities: [], notScaled: [], events: [], totals: totals(), ...changes };
}

/** A step from 2 to 4 tasks because of the CPU. */
export function step(changes: Partial<Activity> = {}): Activity {
  return {
    startSeconds: 300,
    endSeconds: 330,
    statusCode: 'Successful',
    origin: 'target-tracking',
    cause: '',
    metric: 'ECSServiceAverageCPUUtilization',
    metricValue: 80,
    targetValue: 50,
    baseCapacity: 2,
    computedCapacity: 4,
    fromCapacity: 2,
    toCapacity: 4,
    ...changes,
  };
}
