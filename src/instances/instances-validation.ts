import { type Duration, Token } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { throwIfAny } from '../parse/input-error';
import { type ValidationError, validationError } from '../parse/validation-error';
import { DEFAULTS } from '../plan/default-plan';
import { healthCheckErrors } from '../plan/health-check';
import { capacityErrors } from '../plan/policy';
import { containerPortErrors } from '../plan/service-plan';
import { targetErrors } from '../plan/target-tracking';
import { loadBalancerErrors } from '../service/load-balancer/load-balancer-validation';
import { networkErrors } from '../service/network/network-validation';
import { observabilityErrors } from '../service/observability/observability-props';
import type { PlanFromProps } from '../service/plan-from-props';
import { knownErrors, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import { sharedScalingErrors } from '../service/scaling/scaling-validation';
import { reachableMaximumErrors, scheduledBoundsOf } from '../service/scaling/scheduled-capacity';
import { ifKnown, throwPropErrors } from '../service/service-validation';
import { structErrors } from '../service/struct-validation';
import { targetGroupErrors } from '../service/target-group/target-group-validation';
import { groupErrors } from './group-validation';
import { instanceScalingErrors } from './instance-scaling-validation';
import { architectureOfInstances, instanceTypeOf, isArm } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';
import { groupScheduleErrors } from './scheduled-group-capacity';

/**
 * Validates the props of instances.
 *
 * @param unknown the props that were left out, as the CDK has yet to look them up.
 * @throws InputError with all errors of the props.
 */
export function validateInstancesProps(
  scope: Construct,
  plan: PlanFromProps,
  props: ScalableStatelessInstancesProps,
  unknown: readonly string[],
): void {
  // the other rules read the fields of these structs.
  throwIfAny(structErrors(props), scope.node.path);
  const { policy, healthCheck } = plan;
  const errors = [
    ...ifKnown(healthCheckErrors, healthCheck),
    ...ifKnown(capacityErrors, policy.minCapacity, policy.maxCapacity),
    ...policy.targetTracking.flatMap(({ metric, targetValue }) => ifKnown(targetErrors, metric, targetValue)),
    ...durationErrors(props),
    ...networkErrors(props),
    ...loadBalancerErrors(scope, props),
    ...targetGroupErrors(props),
    ...typeErrors(props),
    ...taskErrors(props),
    ...groupErrors(plan, props),
    ...instanceScalingErrors(props),
    ...sharedScalingErrors(policy, props),
    ...groupScheduleErrors(props.schedules ?? []),
    ...observabilityErrors(props),
    ...((props.alarms ?? DEFAULTS.alarms) ? reachableMaximumErrors(policy, scheduledBoundsOf(props.schedules)) : []),
  ];
  throwPropErrors(scope, errors, props, unknown);
}

/** They are parts of scripts, or of sums. */
const KNOWN = [
  'launchTimeout',
  'stopTimeout',
  'deregistrationDelay',
  'defaultInstanceWarmup',
] as const satisfies readonly (keyof ScalableStatelessInstancesProps)[];

function durationErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const durations = KNOWN.map((name): [string, Duration | undefined] => [name, props[name]]);
  return [
    ...knownErrors(Object.fromEntries(durations.map(([name, duration]) => [name, secondsOf(duration)]))),
    ...wholeNumberErrors('launchTimeout', secondsOf(props.launchTimeout), 30, 7200, 'seconds'),
    ...wholeNumberErrors('stopTimeout', secondsOf(props.stopTimeout), 2, 120, 'seconds'),
  ];
}

/** Each instance type runs the image. */
function typeErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const architecture = architectureOfInstances(props)._cpuArchitecture;
  const isArm64 = architecture === CpuArchitecture.ARM64._cpuArchitecture;
  const types = [
    { name: 'instanceType', type: instanceTypeOf(props) },
    ...(props.additionalInstanceTypes ?? []).map((type, index) => ({ name: `additionalInstanceTypes[${index}]`, type })),
  ];
  const texts = types.map(({ type }) => type.toString());
  return [
    ...types
      .filter(({ type }) => !Token.isUnresolved(type.toString()) && isArm(type) !== isArm64)
      .map(({ name, type }) =>
        validationError(name, `have the architecture ${architecture}, or cpuArchitecture be changed`, type.toString()),
      ),
    ...texts
      .filter((text, index) => texts.indexOf(text) !== index)
      .map((text) => validationError('additionalInstanceTypes', 'name each type once', text)),
  ];
}

/** The props of a container. */
const CONTAINER_PROPS = [
  ...['image', 'containerPort', 'command', 'entryPoint', 'readonlyRootFilesystem', 'writableDirectories', 'dropCapabilities'],
  'initProcessEnabled',
] as const satisfies readonly (keyof ScalableStatelessInstancesProps)[];

function taskErrors(props: ScalableStatelessInstancesProps): ValidationError[] {
  const { program, environment = {}, containerPort = DEFAULTS.containerPort, writableDirectories = [], workingDirectory } = props;
  const paths = [...writableDirectories, ...(workingDirectory === undefined ? [] : [workingDirectory])];
  return [
    ...(program === undefined
      ? []
      : CONTAINER_PROPS.filter((name) => props[name] !== undefined).map((name) =>
          validationError(name, 'be left out with a program, which runs without a container', 'one'),
        )),
    ...(program !== undefined && (program.trim() === '' || program.includes('\n'))
      ? [validationError('program', 'be a command line', `'${program}'`)]
      : []),
    ...knownErrors({ containerPort: props.containerPort }),
    ...ifKnown(containerPortErrors, containerPort),
    ...paths
      .filter((path) => !path.startsWith('/'))
      .map((path) => validationError('writableDirectories and workingDirectory', 'be absolute paths', `'${path}'`)),
    ...Object.entries(environment).flatMap(([name, value]) => variableErrors(name, value, containerPort, program !== undefined)),
  ];
}

/** Docker takes dots and hyphens as well; the shell that starts a program does not. */
const VARIABLE = { container: /^[A-Za-z_][A-Za-z0-9_.-]*$/, program: /^[A-Za-z_][A-Za-z0-9_]*$/ } as const;

function variableErrors(name: string, value: string, port: number, isOfProgram: boolean): ValidationError[] {
  if (!VARIABLE[isOfProgram ? 'program' : 'container'].test(name)) {
    const characters = isOfProgram ? 'letters, digits and underscores' : 'letters, digits, underscores, dots and hyphens';
    return [validationError('environment', `have names of ${characters}`, `'${name}'`)];
  }
  if (Token.isUnresolved(value)) return [];
  if (/[\r\n]/.test(value)) return [`environment.${name} must be one line, as each variable is a line of a file`];
  return name === 'PORT' && value !== String(port)
    ? [validationError('environment.PORT', ['be the ', { path: 'containerPort', value: port }, ' or be left out'], value)]
    : [];
}
