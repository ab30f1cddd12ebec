import { Token } from 'aws-cdk-lib';
import { type ValidationError, validationError } from '../parse/validation-error';
import { DEFAULTS } from '../plan/default-plan';
import { MAX_REFRESH_ALARMS, refreshErrors } from '../service/capacity/instance-refresh';
import type { PlanFromProps } from '../service/plan-from-props';
import { knownErrors, MAX_INTEGER, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import type { GroupProps } from './group-props';
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
