import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { throwIfAny } from '../parse/input-error';
import { type ValidationError, validationError } from '../parse/validation-error';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';

type Unit = 'seconds' | 'minutes';

/** What each duration becomes in the template, or `known` where synthesis computes or compares it. */
type Rule = Unit | 'known';

/** The durations that are not seconds in the template. */
const RULES: Readonly<Record<string, Rule>> = {
  alarmWarmUp: 'minutes',
  // its multiples are the bounds of the steps.
  scaleOutResponseTimeThreshold: 'known',
  // the CDK compares these with their ranges, or with each other.
  slowStart: 'known',
  stickinessCookieDuration: 'known',
  'healthCheck.interval': 'known',
  'healthCheck.timeout': 'known',
  'containerHealthCheck.interval': 'known',
  'containerHealthCheck.timeout': 'known',
  'containerHealthCheck.startPeriod': 'known',
  'authentication.sessionTimeout': 'known',
  'capacity.instanceWarmupPeriod': 'known',
  // it is a text in ISO 8601.
  alarmMuteRules: 'known',
  'deployment.bakeTime': 'minutes',
  'deployment.stepBakeTime': 'minutes',
  'deployment.approval.timeout': 'minutes',
};

/**
 * Validates the durations of the props that are tokens: CloudFormation cannot convert one unit to another.
 *
 * @throws InputError for a token in another unit than that of the template, and for one that synthesis needs.
 */
export function validateDurationTokens(scope: Construct, props: PropsWithDurations): void {
  throwIfAny(durationTokenErrors(props), scope.node.path);
}

/** The props that have durations within them. */
type PropsWithDurations = Pick<
  ScalableStatelessServiceProps,
  'healthCheck' | 'containerHealthCheck' | 'deployment' | 'authentication' | 'capacity' | 'alarmMuteRules'
>;

function durationTokenErrors(props: PropsWithDurations): ValidationError[] {
  const { healthCheck, containerHealthCheck, deployment, authentication, capacity, alarmMuteRules = [] } = props;
  const durations = [
    ...durationsIn('', props),
    ...durationsIn('healthCheck.', healthCheck),
    ...durationsIn('containerHealthCheck.', containerHealthCheck),
    ...durationsIn('deployment.', { ...deployment?._options, ...deployment?._shift }),
    ...durationsIn('deployment.approval.', deployment?._options.approval),
    ...durationsIn('authentication.', authentication?._options),
    ...durationsIn('capacity.', capacity?._instances),
    ...alarmMuteRules.flatMap(({ _duration: duration }) => durationsIn('', { alarmMuteRules: duration })),
  ];
  return durations.filter(([, duration]) => duration.isUnresolved()).flatMap(([name, duration]) => errorsOf(name, duration));
}

function errorsOf(name: string, duration: Duration): ValidationError[] {
  const rule = RULES[name] ?? 'seconds';
  const known = name === 'alarmMuteRules' ? 'have a duration that is known at synthesis' : 'be known at synthesis';
  if (rule === 'known') return [validationError(name, known, 'a token')];
  const unit = duration.unitLabel();
  return unit === rule ? [] : [validationError(name, `be in ${rule} where it is a token, as Duration.${rule}()`, `a token in ${unit}`)];
}

function durationsIn(prefix: string, values: object | undefined): [string, Duration][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => (isDuration(value) ? [[`${prefix}${name}`, value]] : []));
}

/** An instance of the class, recognized by its methods: a program can have loaded the class twice. */
function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && 'isUnresolved' in value && 'unitLabel' in value;
}
