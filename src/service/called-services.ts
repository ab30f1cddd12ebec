import { Stack } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { CalledServices } from './network/endpoints';
import type { ObservabilityProps } from './observability/observability-props';
import type { TaskProps } from './task/task-props';

/** What the props make tasks call, so that a network without a way to the Internet has a way to that. */
export function calledServicesOf(scope: Construct, props: TaskProps & ObservabilityProps): CalledServices {
  const secrets = Object.values(props.secrets ?? {});
  const isParameter = (secret: Secret): boolean => JSON.stringify(Stack.of(scope).resolve(secret.arn)).includes(':ssm:');
  return {
    secretsManager: secrets.some((secret) => !isParameter(secret)),
    systemsManager: secrets.some(isParameter),
    executeCommand: props.enableExecuteCommand === true,
    xRay: props.tracing !== undefined,
  };
}
