import { type ScheduledAction, scheduledActionMistakes } from './scheduled-action';
import { type SimpleScaling, type StepScaling, simpleScalingMistakes, stepScalingMistakes } from './step-scaling';
import { type TargetTracking, targetTrackingMistakes } from './target-tracking';

/** Which parts of scaling are switched off, as the `SuspendedState` of a scalable target says it. */
export interface SuspendedScaling {
  readonly scaleIn: boolean;
  readonly scaleOut: boolean;
  readonly schedules: boolean;
}

/** The scaling rules of one service, or of one EC2 auto scaling group. */
export interface ScalingPolicy {
  /** Who scales: Application Auto Scaling an ECS service, or EC2 Auto Scaling a group of instances. */
  readonly platform: 'ecs' | 'ec2';
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly targetTracking: readonly TargetTracking[];
  readonly stepScaling: readonly StepScaling[];
  /** Of an EC2 auto scaling group only. */
  readonly simpleScaling: readonly SimpleScaling[];
  readonly scheduledActions: readonly ScheduledAction[];
  /** Whether AWS forecasts the load and raises the minimum ahead of it; how far is for a scenario to say. */
  readonly isPredictive: boolean;
  readonly suspended: SuspendedScaling;
  /** How often an instance reports its CPU: 300 seconds with basic monitoring of EC2, else 60. */
  readonly cpuReportSeconds: 60 | 300;
}

/** The least that a policy has to say. */
type Bounds = Pick<ScalingPolicy, 'minCapacity' | 'maxCapacity'>;

/** The scaling rules of an ECS service: what is left out is not there. */
export function scalingPolicy(rules: Bounds & Partial<ScalingPolicy>): ScalingPolicy {
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

/** Returns one sentence for each rule that the capacity bounds break. */
export function capacityMistakes(minCapacity: number, maxCapacity: number, leastCapacity = 1): string[] {
  const mistakes: string[] = [];
  if (!Number.isInteger(minCapacity) || minCapacity < leastCapacity) {
    mistakes.push(`minCapacity must be a whole number of at least ${leastCapacity}, got ${minCapacity}`);
  }
  if (!Number.isInteger(maxCapacity) || maxCapacity < 1) {
    mistakes.push(`maxCapacity must be a whole number of at least 1, got ${maxCapacity}`);
  }
  if (minCapacity > maxCapacity) {
    mistakes.push(`minCapacity must be at most maxCapacity (${maxCapacity}), got ${minCapacity}`);
  }
  return mistakes;
}

/**
 * Returns one sentence for each rule that the whole policy breaks.
 *
 * AWS lets a service scale from and to no task at all. A count that is fixed needs no policy.
 */
export function policyMistakes(policy: ScalingPolicy): string[] {
  return [
    ...capacityMistakes(policy.minCapacity, policy.maxCapacity, 0),
    ...policy.targetTracking.flatMap(targetTrackingMistakes),
    ...policy.stepScaling.flatMap(stepScalingMistakes),
    ...policy.simpleScaling.flatMap(simpleScalingMistakes),
    ...policy.scheduledActions.flatMap(scheduledActionMistakes),
    ...(policy.minCapacity === policy.maxCapacity || scalesAtAll(policy)
      ? []
      : ['a plan must have a scaling policy or a scheduled action, got none: it does not scale']),
  ];
}

/** Whether there is any rule by which the service would scale. */
export function scalesAtAll(policy: ScalingPolicy): boolean {
  const { targetTracking, stepScaling, simpleScaling, scheduledActions, isPredictive } = policy;
  return isPredictive || targetTracking.length + stepScaling.length + simpleScaling.length + scheduledActions.length > 0;
}
