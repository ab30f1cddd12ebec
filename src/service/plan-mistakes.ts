import { Token } from 'aws-cdk-lib';
import { containerPortMistakes, portVariableMistakes } from '../plan/container-port';
import { type HealthCheck, healthCheckMistakes } from '../plan/health-check';
import { capacityMistakes } from '../plan/policy';
import { cooldownMistakes, type TargetTracking, targetMistakes } from '../plan/target-tracking';
import { taskSizeMistakes } from '../plan/task-size';
import type { ServicePlan } from './plan-of-props';

/** Returns one sentence for each rule that the plan breaks. A rule about a token is not held against it. */
export function planMistakes({ policy, task, container, healthCheck }: ServicePlan): string[] {
  const mistakes = [
    ...held(containerPortMistakes, container.port),
    ...held(portVariableMistakes, { PORT: container.environment.PORT! }, container.port),
    ...held(taskSizeMistakes, task),
    ...held(healthCheckMistakes, healthCheck),
    ...unknownTimeMistakes(healthCheck),
    ...held(capacityMistakes, policy.minCapacity, policy.maxCapacity),
    ...policy.targetTracking.flatMap(({ metric, targetValue }) => held(targetMistakes, metric, targetValue)),
    ...policy.targetTracking.flatMap(bothCooldownMistakes),
  ];
  // the policies share their cooldowns.
  return [...new Set(mistakes)];
}

/** The CDK compares these two with each other, and cannot when only the deployment knows them. */
function unknownTimeMistakes({ intervalSeconds, timeoutSeconds }: HealthCheck): string[] {
  return Object.entries({ interval: intervalSeconds, timeout: timeoutSeconds })
    .filter(([, seconds]) => Token.isUnresolved(seconds))
    .map(([name]) => `healthCheck.${name} must be known at synthesis, got a token`);
}

function bothCooldownMistakes(tracking: TargetTracking): string[] {
  return [
    ...held((seconds) => cooldownMistakes('scaleOutCooldown', seconds), tracking.scaleOutCooldownSeconds),
    ...held((seconds) => cooldownMistakes('scaleInCooldown', seconds), tracking.scaleInCooldownSeconds),
  ];
}

/** The sentences of a rule, or none where one of its values is only known later. */
function held<Values extends readonly unknown[]>(rule: (...values: Values) => string[], ...values: Values): string[] {
  return values.every(isKnown) ? rule(...values) : [];
}

function isKnown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isKnown);
  return !Token.isUnresolved(value);
}
