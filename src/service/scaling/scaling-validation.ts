import { Intrinsic, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { formatError, type ValidationError, validationError } from '../../parse/validation-error';
import { DEFAULTS } from '../../plan/default-plan';
import type { ScalingPolicy } from '../../plan/policy';
import { knownErrors, MAX_INTEGER, secondsOf, wholeNumberErrors } from '../prop-rules';
import { HighResolutionMetrics } from './high-resolution-metrics';
import { PredictiveScaling } from './predictive-scaling';
import type { ScalingProps, ScheduledCapacity, SharedScalingProps } from './scaling-props';
import { scheduledBoundsErrors, scheduledBoundsOf } from './scheduled-capacity';

const SCHEDULE_NAME = /^[A-Za-z0-9-]{1,50}$/;

/** Returns an error for each rule of scaling that the props break, besides those of a plan. */
export function scalingErrors(policy: ScalingPolicy, props: ScalingProps): ValidationError[] {
  return [...signalErrors(props), ...sharedScalingErrors(policy, props)];
}

/** Those that are the same whatever the tasks run on. */
export function sharedScalingErrors(policy: ScalingPolicy, props: SharedScalingProps): ValidationError[] {
  const seconds = secondsOf(props.scaleOutResponseTimeThreshold) ?? 1;
  const min = props.scaleOutResponseTimeMinTotalRequestsPerSecond ?? 0;
  return [
    ...requestTargetTokenErrors(props),
    ...(seconds > 0 ? [] : [validationError('scaleOutResponseTimeThreshold', 'be above 0 seconds', seconds)]),
    ...knownErrors({ scaleOutResponseTimeMinTotalRequestsPerSecond: min }),
    ...(Token.isUnresolved(min) || (min >= 0 && Number.isFinite(min))
      ? []
      : [validationError('scaleOutResponseTimeMinTotalRequestsPerSecond', 'be at least 0', min)]),
    ...scheduleErrors(props.schedules ?? []),
    ...scheduledBoundsErrors(policy, scheduledBoundsOf(props.schedules)),
  ];
}

/** What a resource or a parameter refers to is known to the deployment only. */
function requestTargetTokenErrors({ requestsPerSecondPerTask: rate }: SharedScalingProps): ValidationError[] {
  const token = rate === undefined ? undefined : Tokenization.reverseNumber(rate);
  if (!(token instanceof Intrinsic)) return [];
  const reference = Reference.isReference(token) ? JSON.stringify(Stack.of(token.target).resolve(token)) : 'a token';
  return [validationError('requestsPerSecondPerTask', 'be a number known at synthesis', reference)];
}

function signalErrors(props: ScalingProps): ValidationError[] {
  const followsCpu = props.scaleOnCpu ?? DEFAULTS.scaleOnCpu;
  const followsMemory = props.targetMemoryUtilizationPercent !== undefined;
  const isPredictive = (props.predictiveScaling ?? PredictiveScaling.OFF) !== PredictiveScaling.OFF;
  const isFast = props.highResolutionMetrics === HighResolutionMetrics.PUBLISH_AND_SCALE;
  const follows = followsCpu || followsMemory || (props.scaleOnRequests ?? DEFAULTS.scaleOnRequests);
  return [
    ...(follows
      ? []
      : [
          'scaleOnCpu or scaleOnRequests must be true, or a targetMemoryUtilizationPercent be given: nothing else removes tasks, got false',
        ]),
    ...(isPredictive && !followsCpu ? [validationError('scaleOnCpu', 'be true with predictiveScaling, which forecasts CPU', false)] : []),
    ...(isFast && !followsCpu && !followsMemory
      ? [validationError('scaleOnCpu', 'be true with highResolutionMetrics, which are CPU and memory', false)]
      : []),
  ];
}

function scheduleErrors(schedules: readonly ScheduledCapacity[]): ValidationError[] {
  const names = schedules.map(({ name }) => name);
  const doubles = names.filter((name, index) => names.indexOf(name) !== index);
  return [...doubles.map((name) => validationError('schedules', 'have unique names', `${name} twice`)), ...schedules.flatMap(boundsErrors)];
}

function boundsErrors({ name, minCapacity, maxCapacity }: ScheduledCapacity): ValidationError[] {
  const min = minCapacity ?? 0;
  const max = maxCapacity ?? MAX_INTEGER;
  return [
    ...(SCHEDULE_NAME.test(name) ? [] : [validationError('schedules', 'have names of 1 to 50 letters, digits and hyphens', `'${name}'`)]),
    // a schedule has no defaults.
    ...wholeNumberErrors(`minCapacity of schedule ${name}`, minCapacity, 0, MAX_INTEGER).map(formatError),
    ...wholeNumberErrors(`maxCapacity of schedule ${name}`, maxCapacity, 0, MAX_INTEGER).map(formatError),
    ...(Token.isUnresolved(min) || Token.isUnresolved(max) || min <= max
      ? []
      : [`minCapacity of schedule ${name} must be at most ${max}, its maxCapacity, got ${min}`]),
  ];
}
