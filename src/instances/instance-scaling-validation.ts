import { Token } from 'aws-cdk-lib';
import { structElementErrors } from '../parse/struct-element';
import { type ValidationError, validationError } from '../parse/validation-error';
import { DEFAULTS } from '../plan/default-plan';
import { knownErrors, MAX_INTEGER, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import { HighResolutionMetrics } from '../service/scaling/high-resolution-metrics';
import { PredictiveScaling } from '../service/scaling/predictive-scaling';
import type { SimpleScalingOptions, StepScalingOptions } from './instance-scaling';
import { tracksTargets } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';

/** Returns an error for each rule of how a group scales that the props break. */
export function instanceScalingErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const { scaling } = props;
  return [
    ...(tracksTargets(props) ? trackingErrors(props) : otherScalingErrors(props)),
    ...(scaling?._simple === undefined ? [] : simpleErrors(scaling._simple)),
    ...(scaling?._steps === undefined ? [] : stepErrors(scaling._steps)),
  ];
}

function trackingErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const followsCpu = props.scaleOnCpu ?? DEFAULTS.scaleOnCpu;
  const followsRequests = props.scaleOnRequests ?? DEFAULTS.scaleOnRequests;
  const isFast = (props.highResolutionMetrics ?? HighResolutionMetrics.OFF) !== HighResolutionMetrics.OFF;
  return [
    ...(followsCpu || followsRequests ? [] : ['scaleOnCpu or scaleOnRequests must be true: nothing else removes instances, got false']),
    ...(isPredictive(props) && !followsCpu
      ? [validationError('scaleOnCpu', 'be true with predictiveScaling, which forecasts CPU', false)]
      : []),
    ...(isFast && !followsCpu ? [validationError('scaleOnCpu', 'be true with highResolutionMetrics, which are CPU', false)] : []),
    ...(isFast && props.detailedMonitoring === false
      ? [validationError('detailedMonitoring', 'be true with highResolutionMetrics', false)]
      : []),
    ...(props.highResolutionMetrics === HighResolutionMetrics.PUBLISH_ONLY
      ? [
          validationError(
            'highResolutionMetrics',
            'be PUBLISH_AND_SCALE or OFF: CloudFormation has no property that makes instances publish them',
            'PUBLISH_ONLY',
          ),
        ]
      : []),
  ];
}

const TRACKING_PROPS = [
  ...[
    'targetCpuUtilizationPercent',
    'requestsPerSecondPerTask',
    'scaleOnCpu',
    'scaleOnRequests',
    'disableScaleIn',
    'highResolutionMetrics',
  ],
] as const satisfies readonly (keyof ScalableStatelessInstancesProps)[];

/** Another policy that scales in does so whatever target tracking wants. */
function otherScalingErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const names = [...TRACKING_PROPS, ...(isPredictive(props) ? (['predictiveScaling'] as const) : [])];
  return names
    .filter((name) => props[name] !== undefined)
    .map((name) => validationError(name, 'be left out, or scaling be InstanceScaling.targetTracking()', String(props[name])));
}

function isPredictive({ predictiveScaling = PredictiveScaling.OFF }: ScalableStatelessInstancesProps): boolean {
  return predictiveScaling !== PredictiveScaling.OFF;
}

function simpleErrors(options: SimpleScalingOptions): ValidationError[] {
  const {
    scaleOutCpuUtilizationPercent: out,
    scaleInCpuUtilizationPercent: in_,
    adjustment,
    evaluationPeriods,
    period,
    cooldown,
  } = options;
  const areKnown = !Token.isUnresolved(out) && !Token.isUnresolved(in_);
  return [
    ...(areKnown && !(out > 0 && out <= 100)
      ? [validationError('scaling.scaleOutCpuUtilizationPercent', 'be above 0 and at most 100', out)]
      : []),
    ...(areKnown && !(in_ >= 0) ? [validationError('scaling.scaleInCpuUtilizationPercent', 'be at least 0', in_)] : []),
    ...(areKnown && in_ >= out
      ? [
          validationError(
            'scaling.scaleInCpuUtilizationPercent',
            ['be below ', { path: 'scaling.scaleOutCpuUtilizationPercent', value: out }],
            in_,
          ),
        ]
      : []),
    ...knownErrors({ 'scaling.adjustment': adjustment }),
    ...wholeNumberErrors('scaling.adjustment', adjustment, 1, MAX_INTEGER),
    ...alarmErrors(evaluationPeriods, secondsOf(period)),
    ...wholeNumberErrors('scaling.cooldown', secondsOf(cooldown), 0, MAX_INTEGER, 'seconds'),
  ];
}

const STEP = { struct: 'ScalingInterval', required: ['change'] };

function stepErrors({ scalingSteps, evaluationPeriods, period }: StepScalingOptions): ValidationError[] {
  return [
    ...scalingSteps.flatMap((step, index) => structElementErrors(`scaling.scalingSteps[${index}]`, step, STEP)),
    ...(scalingSteps.length >= 2 && scalingSteps.length <= MAX_STEPS
      ? []
      : [validationError('scaling.scalingSteps', `be from 2 to ${MAX_STEPS} intervals`, scalingSteps.length)]),
    ...alarmErrors(evaluationPeriods, secondsOf(period)),
  ];
}

/** Those of both policies, of which each has at most 20 (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html). */
const MAX_STEPS = 40;

const MINUTE_SECONDS = 60;

function alarmErrors(evaluationPeriods: number | undefined, periodSeconds: number | undefined): ValidationError[] {
  return [
    // CloudWatch has a list of periods, which the CDK compares with.
    ...knownErrors({ 'scaling.period': periodSeconds }),
    ...wholeNumberErrors('scaling.evaluationPeriods', evaluationPeriods, 1, MAX_INTEGER),
    ...(periodSeconds === undefined ||
    Token.isUnresolved(periodSeconds) ||
    (periodSeconds >= MINUTE_SECONDS && periodSeconds % MINUTE_SECONDS === 0)
      ? []
      : [validationError('scaling.period', 'be a multiple of 60 seconds', periodSeconds)]),
  ];
}
