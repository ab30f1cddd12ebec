import { faultErrors } from '../faults/fault-kinds';
import { formatDuration } from '../parse/durations';
import type { ValidationError } from '../parse/validation-error';
import { planErrors } from '../plan/service-plan';
import { vcpuOf } from '../plan/task-size';
import { trafficSeconds } from '../traffic/traffic-phases';
import { trafficErrors } from '../traffic/traffic-validation';
import { workloadErrors } from '../workload/workload-parameters';
import type { Scenario } from './scenario';

const MAX_SEED = 2 ** 32 - 1;

/** The maximum number of tasks of one service (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). */
const MAX_TASKS = 5000;

/** Returns a validation error for each invalid part of a scenario. */
export function scenarioErrors(scenario: Scenario): ValidationError[] {
  const { plan, workload, traffic, history, seed, imageMegabytes = 0 } = scenario;
  const invalidTraffic = trafficErrors(traffic);
  return [
    ...planErrors(plan),
    ...(plan.policy.maxCapacity > MAX_TASKS ? [`maxCapacity must be at most ${MAX_TASKS}, got ${plan.policy.maxCapacity}`] : []),
    ...workloadErrors(workload, vcpuOf(plan.task)),
    ...idleMemoryErrors(scenario),
    ...invalidTraffic,
    ...(history === undefined ? [] : trafficErrors(history).map((error) => `history: ${error}`)),
    ...(scenario.faults ?? []).flatMap((fault) => faultErrors(fault)),
    // invalid traffic has no end.
    ...(invalidTraffic.length > 0 ? [] : lateErrors(scenario)),
    ...changeErrors(scenario),
    ...(isAtLeast(0, imageMegabytes) ? [] : [`image size must be at least 0, got ${imageMegabytes} MB`]),
    ...(Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED ? [] : [`seed must be a whole number from 0 to ${MAX_SEED}, got ${seed}`]),
  ];
}

/** A default is not checked: a small container needs less memory than the default workload. */
function idleMemoryErrors({ plan: { task }, workload: { idleMemoryMiB }, workloadDefaults }: Scenario): string[] {
  const isGiven = workloadDefaults !== undefined && !workloadDefaults.includes('idleMemoryMiB');
  if (!isGiven || !(idleMemoryMiB > task.memoryMiB)) return [];
  return [`idle memory must be at most the ${task.memoryMiB} MiB of a task, got ${idleMemoryMiB} MiB`];
}

/** Returns a validation error for each fault or change that is after the end of the traffic, where it has no effect. */
export function lateErrors({
  traffic,
  faults = [],
  policyChanges = [],
  predictedMinimums = [],
}: Pick<Scenario, 'traffic' | 'faults' | 'policyChanges' | 'predictedMinimums'>): string[] {
  const endSeconds = trafficSeconds(traffic);
  const timedChanges = [
    ...faults.map(({ kind, atSeconds }) => ({ name: kind as string, atSeconds })),
    ...policyChanges.map(({ atSeconds }) => ({ name: 'a policy change', atSeconds })),
    ...predictedMinimums.map(({ atSeconds }) => ({ name: 'a predicted minimum', atSeconds })),
  ];
  return timedChanges
    .filter(({ atSeconds }) => atSeconds >= endSeconds)
    .map(
      ({ name, atSeconds }) =>
        `${name} must come before the traffic ends at ${formatDuration(endSeconds)}, got ${formatDuration(atSeconds)}`,
    );
}

function changeErrors({ plan, policyChanges = [], predictedMinimums = [] }: Scenario): string[] {
  const names = plan.policy.targetTracking.map(({ name }) => name);
  return [
    ...policyChanges
      .filter(({ policyName }) => policyName !== undefined && !names.includes(policyName))
      .map(({ policyName }) => `a policy change must name one of ${names.join(', ')}, got '${policyName}'`),
    ...policyChanges
      .filter(({ targetValue }) => !(targetValue > 0 && Number.isFinite(targetValue)))
      .map(({ targetValue }) => `a policy change must set a target above 0, got ${targetValue}`),
    ...predictedMinimums
      .filter(({ minCapacity }) => !Number.isInteger(minCapacity) || minCapacity < 0)
      .map(({ minCapacity }) => `a predicted minimum must be a whole number of at least 0, got ${minCapacity}`),
    ...predictedMinimums
      .filter(({ minCapacity }) => minCapacity > highestMaxCapacity(plan))
      .map(({ minCapacity }) => `a predicted minimum must be at most maxCapacity (${highestMaxCapacity(plan)}), got ${minCapacity}`),
  ];
}

/** The highest maximum capacity that the service has at any time. */
function highestMaxCapacity({ policy: { maxCapacity, scheduledActions } }: Scenario['plan']): number {
  return Math.max(maxCapacity, ...scheduledActions.map((action) => action.maxCapacity ?? maxCapacity));
}

function isAtLeast(min: number, value: number): boolean {
  return value >= min && Number.isFinite(value);
}
