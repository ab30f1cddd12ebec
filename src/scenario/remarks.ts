import type { Plan } from '../plan/plan';
import { type ScalingPolicy, SECONDS_PER_REQUEST_COUNT } from '../plan/policy';
import { vcpuOf } from '../plan/task-size';
import type { Activity } from '../scaling/activity';
import type { Outcome } from './outcome';
import type { Scenario } from './scenario';
import type { Workload } from './workload';

/** Says in words what a reader of the outcome should know about the policy, and what would help. */
export function remarks(scenario: Scenario, outcome: Outcome): string[] {
  const { policy } = scenario.plan;
  return [
    ...outcome.activities
      .filter(isOutOfReach(policy))
      .slice(0, 1)
      .map((activity) => outOfReach(activity, scenario)),
    ...(outcome.activities.length === 0 ? ['nothing scaled: no signal stayed above its target for three minutes'] : []),
  ];
}

function isOutOfReach(policy: ScalingPolicy): (activity: Activity) => boolean {
  return (activity) => activity.metric === 'ALBRequestCountPerTarget' && activity.computedCapacity > policy.maxCapacity;
}

function outOfReach(activity: Activity, scenario: Scenario): string {
  const perSecond = activity.targetValue / SECONDS_PER_REQUEST_COUNT;
  const { maxCapacity } = scenario.plan.policy;
  return (
    `the request target is ${rounded(activity.targetValue)} per minute, which is ${rounded(perSecond)} per second for each task: ` +
    `it is why ${activity.fromCapacity} became ${activity.toCapacity} in one step. ` +
    `That target wants ${activity.computedCapacity} tasks here and maxCapacity is ${maxCapacity}; ` +
    `set requestsPerSecondPerTask to about ${rounded(sustainableRequestsPerSecond(scenario.plan, scenario.workload))}`
  );
}

/** The requests per second at which a task reaches its CPU target; half of its CPU where no policy names one. */
export function sustainableRequestsPerSecond(plan: Plan, workload: Workload): number {
  const cpu = plan.policy.targetTracking.find((tracking) => tracking.metric === 'ECSServiceAverageCPUUtilization');
  const cpuShare = (cpu?.targetValue ?? 50) / 100;
  return Math.max(0, (cpuShare * vcpuOf(plan.task) - workload.fixedCores) / workload.cpuSecondsPerRequest);
}

function rounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
