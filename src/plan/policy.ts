import { type ValidationError, validationError } from '../parse/validation-error';
import { type ScheduledAction, scheduledActionErrors } from './schedule';
import { type SimpleScaling, type StepScaling, simpleScalingErrors, stepScalingErrors } from './step-scaling';
import { type TargetTracking, targetTrackingErrors } from './target-tracking';

/** Which activities are suspended: the `SuspendedState` of a scalable target. */
export interface SuspendedScaling {
  readonly scaleIn: boolean;
  readonly scaleOut: boolean;
  readonly schedules: boolean;
}

/** The scaling rules of one service, or of one EC2 auto scaling group. */
export interface ScalingPolicy {
  /** Application Auto Scaling of an ECS service, or EC2 Auto Scaling of a group of instances. */
  readonly platform: 'ecs' | 'ec2';
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly targetTracking: readonly TargetTracking[];
  readonly stepScaling: readonly StepScaling[];
  /** For an EC2 Auto Scaling group only. */
  readonly simpleScaling: readonly SimpleScaling[];
  readonly scheduledActions: readonly ScheduledAction[];
  /** Whether predictive scaling raises the minimum ahead of the load. The scenario has the predicted minimums. */
  readonly isPredictive: boolean;
  readonly suspended: SuspendedScaling;
  /** How often an instance reports its CPU: 300 seconds with basic monitoring of EC2, else 60. */
  readonly cpuReportSeconds: 60 | 300;
}

/** The required fields of a policy. */
type CapacityBounds = Pick<ScalingPolicy, 'minCapacity' | 'maxCapacity'>;

/** The scaling rules of an ECS service. A kind of rule that is left out has none. */
export function scalingPolicy(rules: CapacityBounds & Partial<ScalingPolicy>): ScalingPolicy {
  return {
    platform: 'ecs',
    targetTracking: [],
    stepScaling: [],
    simpleScaling: [],
    scheduledActions: [],
    isPredictive: false,
    suspended: { scaleIn: false, scaleOut: false, schedules: false },
    cpuReportSeconds: 60,
    ...rules,
  };
}

/** Returns an error for each rule that the capacity bounds break. */
export function capacityErrors(minCapacity: number, maxCapacity: number, minAllowed = 1): ValidationError[] {
  const errors: ValidationError[] = [];
  if (!Number.isInteger(minCapacity) || minCapacity < minAllowed) {
    errors.push(validationError('minCapacity', `be a whole number of at least ${minAllowed}`, minCapacity));
  }
  if (!Number.isInteger(maxCapacity) || maxCapacity < 1) {
    errors.push(validationError('maxCapacity', 'be a whole number of at least 1', maxCapacity));
  }
  if (minCapacity > maxCapacity) {
    errors.push(validationError('minCapacity', ['be at most ', { path: 'maxCapacity', value: maxCapacity }], minCapacity));
  }
  return errors;
}

/**
 * Returns an error for each rule that the whole policy breaks.
 *
 * AWS allows a minimum of 0 tasks. A fixed count needs no policy.
 */
export function policyErrors(policy: ScalingPolicy): ValidationError[] {
  return [
    ...capacityErrors(policy.minCapacity, policy.maxCapacity, 0),
    ...policy.targetTracking.flatMap(targetTrackingErrors),
    ...policy.stepScaling.flatMap(stepScalingErrors),
    ...policy.simpleScaling.flatMap(simpleScalingErrors),
    ...policy.scheduledActions.flatMap(scheduledActionErrors),
    ...(policy.minCapacity === policy.maxCapacity || hasScalingRule(policy)
      ? []
      : ['the plan has no scaling policy and no scheduled action, so it does not scale']),
  ];
}

/** Whether there is any policy or scheduled action. */
export function hasScalingRule(policy: ScalingPolicy): boolean {
  const { targetTracking, stepScaling, simpleScaling, scheduledActions, isPredictive } = policy;
  return isPredictive || targetTracking.length + stepScaling.length + simpleScaling.length + scheduledActions.length > 0;
}
