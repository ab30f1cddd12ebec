import { Token } from 'aws-cdk-lib';
import { type ValidationError, validationError } from '../parse/validation-error';
import { DEFAULTS } from '../plan/default-plan';
import { instanceSize } from '../plan/instance-types';
import { MAX_REFRESH_ALARMS, refreshErrors } from '../service/capacity/instance-refresh';
import type { PlanFromProps } from '../service/plan-from-props';
import { knownErrors, MAX_INTEGER, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import type { GroupProps } from './group-props';
import { hibernates, instanceTypeOf } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';

/** The alarms of the construct that roll an instance refresh back. */
const OWN_ROLLBACK_ALARMS = 2;

/** Returns an error for each rule of an Auto Scaling group that the props break. */
export function groupErrors(plan: PlanFromProps, props: ScalableStatelessInstancesProps): ValidationError[] {
  return [
    // CloudFormation waits for as many signals.
    ...knownErrors({ minCapacity: props.minCapacity }),
    // the CDK compares them.
    ...knownErrors({ minHealthyPercent: props.minHealthyPercent, maxHealthyPercent: props.maxHealthyPercent }),
    ...healthyPercentErrors(plan),
    ...gracePeriodErrors(plan),
    ...wholeNumberErrors('defaultInstanceWarmup', secondsOf(props.defaultInstanceWarmup), 0, MAX_INTEGER, 'seconds'),
    ...refreshErrors(props.instanceRefresh),
    ...alarmErrors(props),
    ...spotErrors(props),
    ...hibernationErrors(props),
  ];
}

/** The rules of https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html */
function healthyPercentErrors({ deployment: { minHealthyPercent: min, maxHealthyPercent: max } }: PlanFromProps): ValidationError[] {
  const errors = [...wholeNumberErrors('minHealthyPercent', min, 0, 100), ...wholeNumberErrors('maxHealthyPercent', max, 100, 200)];
  if (errors.length > 0 || Token.isUnresolved(min) || Token.isUnresolved(max)) return errors;
  return max - min <= MAX_DIFFERENCE_PERCENT
    ? []
    : [validationError('maxHealthyPercent', ['be at most 100 above ', { path: 'minHealthyPercent', value: min }], max)];
}

const MAX_DIFFERENCE_PERCENT = 100;

/** An instance that is not healthy after its grace period is replaced, and so is its successor. */
function gracePeriodErrors({ healthCheck, deployment: { healthCheckGracePeriodSeconds: grace } }: PlanFromProps): ValidationError[] {
  const { intervalSeconds, healthyThresholdCount } = healthCheck;
  const errors = wholeNumberErrors('healthCheckGracePeriod', grace, 0, MAX_INTEGER, 'seconds');
  const needed = intervalSeconds * healthyThresholdCount;
  if (errors.length > 0 || [grace, intervalSeconds, healthyThresholdCount].some(Token.isUnresolved) || !Number.isFinite(needed))
    return errors;
  return grace >= needed
    ? []
    : [
        validationError(
          'healthCheckGracePeriod',
          `be at least ${needed} seconds, which an instance needs to become healthy (${healthyThresholdCount} health checks, one every ${intervalSeconds} seconds)`,
          grace,
        ),
      ];
}

function alarmErrors({
  rollbackAlarms = [],
  rollbackOnServiceAlarms = DEFAULTS.rollbackOnServiceAlarms,
  alarms,
}: ScalableStatelessInstancesProps): ValidationError[] {
  const own = rollbackOnServiceAlarms && (alarms ?? DEFAULTS.alarms) ? OWN_ROLLBACK_ALARMS : 0;
  const max = MAX_REFRESH_ALARMS - own;
  return rollbackAlarms.length <= max ? [] : [validationError('rollbackAlarms', `be at most ${max}`, rollbackAlarms.length)];
}

/** The prerequisites of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html that are known here. */
function hibernationErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  if (!hibernates(props)) return [];
  const { blockDevices, additionalInstanceTypes = [] } = props;
  const types = [instanceTypeOf(props), ...additionalInstanceTypes].map((type) => type.toString());
  const sizes = types.map((type) => ({ type, memoryMiB: instanceSize(type)?.memoryMiB }));
  return [
    ...sizes
      .filter(({ memoryMiB }) => memoryMiB !== undefined && memoryMiB >= MAX_HIBERNATED_MIB)
      .map(({ type }) => validationError('instanceType', 'have less than 150 GiB of memory with a warm pool that is HIBERNATED', type)),
    ...(blockDevices === undefined
      ? sizes
          .filter(({ type, memoryMiB }) => memoryMiB === undefined && !Token.isUnresolved(type))
          .map(({ type }) => `blockDevices must be given with a warm pool that is HIBERNATED: the memory of ${type} is not known here`)
      : []),
  ];
}

const MAX_HIBERNATED_MIB = 150 * 1024;

const MAX_BASE = 100_000;

function spotErrors({ spotPercent, onDemandBase, warmPool }: GroupProps): ValidationError[] {
  return [
    ...knownErrors({ spotPercent }),
    ...wholeNumberErrors('spotPercent', spotPercent, 0, 100),
    ...wholeNumberErrors('onDemandBase', onDemandBase, 0, MAX_BASE),
    ...(onDemandBase !== undefined && !spotPercent ? [validationError('spotPercent', 'be above 0 beside onDemandBase', spotPercent)] : []),
    ...(warmPool !== undefined && spotPercent
      ? [validationError('warmPool', 'be left out with spotPercent: it cannot have Spot Instances', 'one')]
      : []),
  ];
}
