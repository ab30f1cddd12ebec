import { type ValidationError, validationError } from '../parse/validation-error';
import { type RollbackAlarms, rollbackAlarmErrors } from './alarm-rollback';
import { type EarlySuccess, earlySuccessErrors } from './early-success';
import { type FailureThreshold, failureThresholdErrors } from './failure-threshold';
import { type LifecycleHook, lifecycleHookErrors } from './lifecycle-hooks';
import { percentOfTasksRoundedDown, percentOfTasksRoundedUp } from './percent-of-tasks';

/** The deployment configuration of an ECS service. */
export interface Deployment {
  /** The lower limit on the running tasks during a deployment, in percent of the desired count. */
  readonly minHealthyPercent: number;
  /** The upper limit on the tasks during a deployment, in percent of the desired count. */
  readonly maxHealthyPercent: number;
  /** Whether the deployment circuit breaker fails a deployment when its tasks fail. */
  readonly hasCircuitBreaker: boolean;
  /**
   * The number of failed tasks with which it does.
   *
   * @default - half of the desired count, from 3 to 200
   */
  readonly circuitBreakerThreshold?: FailureThreshold;
  /**
   * Whether a task that becomes healthy resets the number of failed tasks: only failures in a row count.
   *
   * @default true
   */
  readonly resetOnHealthyTask?: boolean;
  /**
   * Whether the circuit breaker rolls a failed deployment back. Without it, ECS stops launching tasks.
   *
   * @default true
   */
  readonly circuitBreakerRollsBack?: boolean;
  /** @default - none */
  readonly rollbackAlarms?: RollbackAlarms;
  /**
   * The lifecycle hooks of a deployment that shifts the traffic, in their order.
   *
   * @default - none
   */
  readonly lifecycleHooks?: readonly LifecycleHook[];
  /**
   * When a rolling deployment is complete before all of its tasks are healthy.
   *
   * @default - once they all are
   */
  readonly earlySuccess?: EarlySuccess;
  /** How long after its start a task may fail the load balancer's health checks before ECS replaces it. */
  readonly healthCheckGracePeriodSeconds: number;
  /**
   * Whether ECS rebalances the tasks across Availability Zones.
   *
   * @default false
   */
  readonly rebalancesZones?: boolean;
  /**
   * Whether at least one task is replaced at a time, however few the percentages leave: an instance refresh of an EC2 Auto Scaling group.
   *
   * @default false
   */
  readonly replacesAtLeastOne?: boolean;
  /**
   * The batch of a rolling update of an EC2 Auto Scaling group by CloudFormation, instead of the percentages.
   *
   * @default - the percentages
   */
  readonly batch?: { readonly maxSize: number; readonly minInService: number };
  /**
   * The shares of the instances, in percent, at which an instance refresh waits before it replaces others.
   *
   * @default - none
   */
  readonly checkpoints?: { readonly percents: readonly number[]; readonly delaySeconds: number };
  /** Undefined for a rolling update. */
  readonly trafficShift?: TrafficShift;
}

/**
 * The number of tasks that must stay healthy: rounded **up**.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function minHealthyTasks(desiredCount: number, deployment: Deployment): number {
  const { minHealthyPercent, maxHealthyPercent, replacesAtLeastOne = false, batch } = deployment;
  if (batch !== undefined) return Math.max(0, Math.min(desiredCount - 1, Math.max(batch.minInService, desiredCount - batch.maxSize)));
  const minTasks = Math.max(0, percentOfTasksRoundedUp(desiredCount, minHealthyPercent));
  return replacesAtLeastOne && maxHealthyPercent <= 100 ? Math.max(0, Math.min(minTasks, desiredCount - 1)) : minTasks;
}

/** The number of tasks that may run at once: rounded **down**. */
export function maxRunningTasks(desiredCount: number, deployment: Deployment): number {
  const { maxHealthyPercent, replacesAtLeastOne = false, batch } = deployment;
  if (batch !== undefined) return desiredCount;
  const maxTasks = percentOfTasksRoundedDown(desiredCount, maxHealthyPercent);
  return replacesAtLeastOne && maxHealthyPercent > 100 ? Math.max(maxTasks, desiredCount + 1) : maxTasks;
}

/** Returns an error for each rule of ECS that the deployment breaks. */
export function deploymentErrors(deployment: Deployment): ValidationError[] {
  const { minHealthyPercent, maxHealthyPercent, healthCheckGracePeriodSeconds, trafficShift } = deployment;
  const { circuitBreakerThreshold, rollbackAlarms, lifecycleHooks = [], earlySuccess } = deployment;
  return [
    ...(circuitBreakerThreshold === undefined ? [] : failureThresholdErrors(circuitBreakerThreshold)),
    ...(rollbackAlarms === undefined ? [] : rollbackAlarmErrors(rollbackAlarms)),
    ...lifecycleHooks.flatMap(lifecycleHookErrors),
    ...(earlySuccess === undefined ? [] : earlySuccessErrors(earlySuccess, minHealthyPercent)),
    ...(trafficShift === undefined ? [] : trafficShiftErrors(trafficShift)),
    ...wholeNumberErrors('minimum healthy percent', minHealthyPercent, 0),
    ...wholeNumberErrors('maximum percent', maxHealthyPercent, 100),
    ...wholeNumberErrors('health check grace period', healthCheckGracePeriodSeconds, 0),
    // ECS could neither stop a task nor start one.
    ...(minHealthyPercent >= 100 && maxHealthyPercent === 100 && trafficShift === undefined && deployment.replacesAtLeastOne !== true
      ? [validationError('maximum percent', `be above 100 if minimum healthy percent is ${minHealthyPercent}`, maxHealthyPercent)]
      : []),
  ];
}

function wholeNumberErrors(name: string, value: number, min: number): ValidationError[] {
  return Number.isInteger(value) && value >= min ? [] : [validationError(name, `be a whole number of at least ${min}`, value)];
}

/** A step of a traffic shift: the share of the traffic that the new revision gets for a while. */
export interface ShiftStep {
  /** Above 0, below 1. */
  readonly newRevisionShare: number;
  /** How long the step lasts: `StepBakeTimeInMinutes` or `CanaryBakeTimeInMinutes`. */
  readonly stepBakeSeconds: number;
}

/**
 * How a blue/green, canary or linear deployment moves the traffic to the new revision: in steps, and then all of it. The old tasks stay
 * for the bake time.
 */
export interface TrafficShift {
  readonly steps: readonly ShiftStep[];
  readonly bakeSeconds: number;
}

/** The steps of a canary deployment: a part of the traffic, then all of it. */
export function canarySteps(percent: number, stepBakeSeconds: number): ShiftStep[] {
  return percent > 0 && percent < 100 ? [{ newRevisionShare: percent / 100, stepBakeSeconds }] : [];
}

/** The steps of a linear deployment: equal ones, until all traffic has moved. */
export function linearSteps(percent: number, stepBakeSeconds: number): ShiftStep[] {
  const count = Math.ceil(100 / percent) - 1;
  return Array.from({ length: count }, (_, index) => ({ newRevisionShare: ((index + 1) * percent) / 100, stepBakeSeconds }));
}

/** Returns an error for each number of a traffic shift that ECS rejects. */
export function trafficShiftErrors({ steps, bakeSeconds }: TrafficShift): ValidationError[] {
  const shares = steps.filter(({ newRevisionShare: share }) => !(share > 0 && share < 1));
  const seconds = [bakeSeconds, ...steps.map(({ stepBakeSeconds }) => stepBakeSeconds)].filter(
    (value) => !(value >= 0 && Number.isFinite(value)),
  );
  return [
    ...shares.map(
      ({ newRevisionShare }) => `a traffic shift must move above 0 and below 100 percent in a step, got ${100 * newRevisionShare}`,
    ),
    ...seconds.map((value) => `a step of a traffic shift must last at least 0 seconds, got ${value}`),
  ];
}
