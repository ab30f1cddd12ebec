import { SECONDS_PER_REQUEST_COUNT } from '../../plan/target-tracking';
import type { Activity } from '../../scaling/activity';
import { clockTime } from '../duration';
import type { Scenario } from '../scenario';
import { sustainableRequestsPerSecond } from '../sustainable-rate';
import { type Remark, rounded } from './remark';

/** A request target below this share of what a task can sustain was not meant: it is a rate per minute taken for one per second. */
const MEANT_SHARE = 0.2;

/** More tasks were asked for than there may be: because the target is far too low, or because the maximum is. */
export const askedForTooMany: Remark = (scenario, { activities }) => {
  const { maxCapacity } = scenario.plan.policy;
  const beyond = activities.find((activity) => activity.computedCapacity > maxCapacity);
  if (beyond === undefined) return undefined;
  return isTargetTooLow(beyond, scenario) ? targetTooLow(beyond, scenario) : maximumTooLow(beyond, maxCapacity);
};

/** The most tasks run, and are not enough, although no step asked for more than there may be. */
export const heldAtMaximum: Remark = ({ plan }, { activities, notScaled, totals }) => {
  const { maxCapacity } = plan.policy;
  if (!notScaled.some(({ reason }) => reason === 'AlreadyAtMaxCapacity')) return undefined;
  if (activities.some((activity) => activity.computedCapacity > maxCapacity)) return undefined;
  if (activities.length === 0) return `nothing scaled: more tasks were asked for than maxCapacity (${maxCapacity}) allows`;
  return `the service ran at maxCapacity (${maxCapacity}) for ${clockTime(totals.secondsAtMaxCapacity)} and was asked for more: raise maxCapacity`;
};

function isTargetTooLow(activity: Activity, { plan, workload }: Scenario): boolean {
  const perSecond = (activity.targetValue ?? 0) / SECONDS_PER_REQUEST_COUNT;
  return activity.metric === 'ALBRequestCountPerTarget' && perSecond < MEANT_SHARE * sustainableRequestsPerSecond(plan, workload);
}

function targetTooLow(activity: Activity, scenario: Scenario): string {
  const { plan } = scenario;
  const target = activity.targetValue ?? 0;
  const perSecond = target / SECONDS_PER_REQUEST_COUNT;
  return (
    `the request target is ${rounded(target)} per minute, which is ${rounded(perSecond)} per second for each task: ` +
    `it is why ${activity.fromCapacity} became ${activity.toCapacity} in one step. ` +
    `That target wants ${activity.computedCapacity} tasks here and maxCapacity is ${plan.policy.maxCapacity}; ` +
    betterTarget(scenario)
  );
}

function betterTarget({ plan, workload, isWorkloadAssumed = false }: Scenario): string {
  if (isWorkloadAssumed) return 'find out what a task of this service sustains, and set requestsPerSecondPerTask to that';
  return `set requestsPerSecondPerTask to about ${rounded(sustainableRequestsPerSecond(plan, workload))}`;
}

function maximumTooLow(activity: Activity, maxCapacity: number): string {
  return (
    `${activity.metric ?? activity.cause} asked for ${activity.computedCapacity} tasks and maxCapacity is ${maxCapacity}: ` +
    `raise maxCapacity to ${activity.computedCapacity}, or give each task more CPU`
  );
}
