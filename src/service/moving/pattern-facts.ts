import { FeatureFlags } from 'aws-cdk-lib';
import type { DeploymentController } from 'aws-cdk-lib/aws-ecs';
import { DeploymentControllerType } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationLoadBalancedFargateServiceProps } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ECS_DISABLE_EXPLICIT_DEPLOYMENT_CONTROLLER_FOR_CIRCUIT_BREAKER,
  ECS_PATTERNS_SEC_GROUPS_DISABLES_IMPLICIT_OPEN_LISTENER,
} from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { HTTP_PORT, HTTPS_PORT } from '../load-balancer/standard-ports';
import type { MovingProps } from './moving-props';

/** The props of the pattern that the service was created with; undefined for a service that was not moved. */
export type PatternProps = ApplicationLoadBalancedFargateServiceProps;

export function patternOf({ movedFrom }: MovingProps): PatternProps | undefined {
  return movedFrom?._props;
}

/** Whether the listener of a pattern uses HTTPS. */
export function isHttpsPattern({ protocol, certificate }: PatternProps): boolean {
  return protocol === undefined ? certificate !== undefined : protocol === ApplicationProtocol.HTTPS;
}

/** The port of the listener of a pattern. */
export function patternListenerPort(pattern: PatternProps): number {
  return pattern.listenerPort ?? (isHttpsPattern(pattern) ? HTTPS_PORT : HTTP_PORT);
}

/** The port of the target group of a pattern, which is that of its protocol. Each task registers with a port of its own. */
export function patternTargetPort({ targetProtocol }: PatternProps): number {
  return targetProtocol === ApplicationProtocol.HTTPS ? HTTPS_PORT : HTTP_PORT;
}

/** Whether a pattern admits any address to the ports of its listeners. */
export function opensListeners(scope: Construct, { openListener, loadBalancer }: PatternProps): boolean {
  const isClosed = FeatureFlags.of(scope).isEnabled(ECS_PATTERNS_SEC_GROUPS_DISABLES_IMPLICIT_OPEN_LISTENER) === true;
  return openListener ?? !(isClosed && loadBalancer !== undefined);
}

/**
 * The deployment controller that a pattern names.
 *
 * One that is named or left out later replaces the service. The CDK names it with a circuit breaker, depending on a feature flag.
 */
export function patternController(
  scope: Construct,
  { deploymentController, circuitBreaker }: PatternProps,
): DeploymentController | undefined {
  if (deploymentController !== undefined) return deploymentController;
  const isLeftOut = FeatureFlags.of(scope).isEnabled(ECS_DISABLE_EXPLICIT_DEPLOYMENT_CONTROLLER_FOR_CIRCUIT_BREAKER) === true;
  return circuitBreaker === undefined || isLeftOut ? undefined : { type: DeploymentControllerType.ECS };
}
