import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { throwIfAny } from '../parse/input-error';
import { formatError, type NamedValue, type ValidationError } from '../parse/validation-error';
import { DEFAULTS } from '../plan/default-plan';
import { healthCheckErrors } from '../plan/health-check';
import { capacityErrors } from '../plan/policy';
import { containerPortErrors, portVariableErrors } from '../plan/service-plan';
import { cooldownErrors, type TargetTracking, targetErrors } from '../plan/target-tracking';
import { taskSizeErrors } from '../plan/task-size';
import { capacityPropErrors } from './capacity/capacity-validation';
import { deploymentErrors } from './deployment/deployment-validation';
import { loadBalancerErrors } from './load-balancer/load-balancer-validation';
import { movingErrors } from './moving/moving-validation';
import { networkErrors } from './network/network-validation';
import { observabilityErrors } from './observability/observability-props';
import { isAboutPlaceholder } from './placeholders';
import type { PlanFromProps } from './plan-from-props';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { scalingErrors } from './scaling/scaling-validation';
import { reachableMaximumErrors, scheduledBoundsOf } from './scaling/scheduled-capacity';
import { structErrors } from './struct-validation';
import { targetGroupErrors } from './target-group/target-group-validation';
import { taskErrors } from './task/task-validation';

/**
 * Validates the props of a service.
 *
 * @param unknown the props that were left out, as the CDK has yet to look them up.
 * @throws InputError with all errors of the props.
 */
export function validateProps(
  scope: Construct,
  plan: PlanFromProps,
  props: ScalableStatelessServiceProps,
  unknown: readonly string[] = [],
): void {
  // the other rules read the fields of these structs.
  throwIfAny(structErrors(props), scope.node.path);
  const errors = [
    ...planErrors(plan),
    ...networkErrors(props),
    ...loadBalancerErrors(scope, props),
    ...targetGroupErrors(props),
    ...taskErrors(props),
    ...deploymentErrors(plan, props),
    ...capacityPropErrors(plan, props),
    ...scalingErrors(plan.policy, props),
    ...observabilityErrors(props),
    ...((props.alarms ?? DEFAULTS.alarms) ? reachableMaximumErrors(plan.policy, scheduledBoundsOf(props.schedules)) : []),
    ...movingErrors(scope, props),
  ];
  throwPropErrors(scope, errors, props, unknown);
}

/**
 * Throws the errors of props, except those about values that the CDK has yet to look up.
 *
 * @throws InputError if there are any.
 */
export function throwPropErrors(scope: Construct, errors: readonly ValidationError[], props: object, unknown: readonly string[]): void {
  throwIfAny(
    errors.filter((error) => !isAboutPlaceholder(scope, formatError(error), unknown)).map((error) => withDefaults(error, props)),
    scope.node.path,
  );
}

/** Marks the values of an error that the caller left out: a message would otherwise quote a number that they never wrote. */
export function withDefaults(error: ValidationError, props: object): ValidationError {
  if (typeof error === 'string') return error;
  const marked = <Value extends NamedValue>(value: Value): Value => ({ isDefault: isDefault(value, props), ...value });
  return marked({ ...error, rule: error.rule.map((part) => (typeof part === 'string' ? part : marked(part))) });
}

function isDefault({ path, value }: NamedValue, props: object): boolean {
  return value !== undefined && valueAt(props, path.split('.')) === undefined;
}

function valueAt(value: unknown, [property, ...rest]: readonly string[]): unknown {
  if (property === undefined || !isPlainObject(value)) return value;
  return valueAt(value[property], rest);
}

/** Whether a value is a plain object. An instance of a class was created by the caller: its members are not defaults. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Returns an error for each rule that the plan breaks. A rule is not applied to a token. */
export function planErrors({ policy, task, container, healthCheck }: PlanFromProps): ValidationError[] {
  return [
    ...ifKnown(containerPortErrors, container.port),
    ...ifKnown(portVariableErrors, { PORT: container.environment.PORT! }, container.port),
    ...ifKnown(taskSizeErrors, task),
    ...ifKnown(healthCheckErrors, healthCheck),
    ...ifKnown(capacityErrors, policy.minCapacity, policy.maxCapacity),
    ...policy.targetTracking.flatMap(({ metric, targetValue }) => ifKnown(targetErrors, metric, targetValue)),
    ...policy.targetTracking.flatMap(bothCooldownErrors),
  ];
}

function bothCooldownErrors(tracking: TargetTracking): ValidationError[] {
  return [
    ...ifKnown((seconds) => cooldownErrors('scaleOutCooldown', seconds), tracking.scaleOutCooldownSeconds),
    ...ifKnown((seconds) => cooldownErrors('scaleInCooldown', seconds), tracking.scaleInCooldownSeconds),
  ];
}

/** The errors of a rule, or none where one of its values is a token. */
export function ifKnown<Values extends readonly unknown[]>(
  rule: (...values: Values) => ValidationError[],
  ...values: Values
): ValidationError[] {
  return values.every(isKnown) ? rule(...values) : [];
}

function isKnown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isKnown);
  return !Token.isUnresolved(value);
}
