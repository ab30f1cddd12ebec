import { SECONDS_PER_REQUEST_COUNT } from '../plan/target-tracking';
import type { Activity } from '../scaling/activity';
import type { Outcome } from './outcome';
import type { Scenario } from './scenario';
import { sustainableRequestsPerSecond } from './sustainable-rate';

/** A request target below this share of what a task can sustain was not meant: it is a rate per minute taken for one per second. */
const MEANT_SHARE = 0.2;

/** Says in words what a reader of the outcome should know about the policy, and what would help. */
export function remarks(scenario: Scenario, outcome: Outcome): string[] {
  const { maxCapacity } = scenario.plan.policy;
  const beyond = outcome.activities.find((activity) => activity.computedCapacity > maxCapacity);
  if (beyond !== undefined) return [isTargetTooLow(beyond, scenario) ? targetTooLow(beyond, scenario) : maximumTooLow(beyond, maxCapacity)];
  if (outcome.activities.length > 0) return [];
  const held = outcome.notScaled.some(({ reason }) => reason === 'AlreadyAtMaxCapacity');
  return [held ? `nothing scaled: more tasks were asked for than maxCapacity (${maxCapacity}) allows` : nothingScaled(scenario)];
}

function isTargetTooLow(activity: Activity, { plan, workload }: Scenario): boolean {
  const perSecond = (activity.targetValue ?? 0) / SECONDS_PER_REQUEST_COUNT;
  return activity.metric === 'ALBRequestCountPerTarget' && perSecond < MEANT_SHARE * sustainableRequestsPerSecond(plan, workload);
}

function targetTooLow(activity: Activity, { plan, workload }: Scenario): string {
  const target = activity.targetValue ?? 0;
  const perSecond = target / SECONDS_PER_REQUEST_COUNT;
  return (
    `the request target is ${rounded(target)} per minute, which is ${rounded(perSecond)} per second for each task: ` +
    `it is why ${activity.fromCapacity} became ${activity.toCapacity} in one step. ` +
    `That target wants ${activity.computedCapacity} tasks here and maxCapacity is ${plan.policy.maxCapacity}; ` +
    `set requestsPerSecondPerTask to about ${rounded(sustainableRequestsPerSecond(plan, workload))}`
  );
}

function maximumTooLow(activity: Activity, maxCapacity: number): string {
  return (
    `${activity.metric ?? activity.cause} asked for ${activity.computedCapacity} tasks and maxCapacity is ${maxCapacity}: ` +
    `raise maxCapacity to ${activity.computedCapacity}, or give each task more CPU`
  );
}

function nothingScaled({ behavior }: Scenario): string {
  return `nothing scaled: no signal stayed above its target for ${(behavior.highDatapoints * behavior.periodSeconds) / 60} minutes`;
}

function rounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
