import { Stack } from 'aws-cdk-lib';
import { DeploymentControllerType } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { structElementErrors } from '../../parse/struct-element';
import { type ValidationError, validationError } from '../../parse/validation-error';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import { type PatternProps, patternOf } from './pattern-facts';

/** Returns an error for each pattern and each prop with which a service cannot be kept. */
export function movingErrors(scope: Construct, props: ScalableStatelessServiceProps): ValidationError[] {
  const pattern = patternOf(props);
  if (pattern === undefined) return [];
  return [
    ...controllerErrors(pattern),
    ...(props.listener === undefined ? [] : [validationError('listener', 'be left out beside movedFrom, whose listener is kept', 'one')]),
    ...(props.image === undefined && props.taskDefinition === undefined
      ? [validationError('image', 'be given, here or in the taskImageOptions of movedFrom')]
      : []),
    ...launchTypeErrors(pattern, props),
    ...strategyErrors(pattern),
    ...foreignLoadBalancerErrors(scope, pattern),
  ];
}

function controllerErrors({ deploymentController }: PatternProps): ValidationError[] {
  if (deploymentController?.type === undefined || deploymentController.type === DeploymentControllerType.ECS) return [];
  return [
    validationError(
      'movedFrom',
      'have the deployment controller ECS: AWS replaces a service whose controller changes. Create the service beside the old one, without movedFrom, and move the traffic by weight',
      deploymentController.type,
    ),
  ];
}

/** A launch type that becomes a capacity provider strategy replaces the service. */
function launchTypeErrors(pattern: PatternProps, { spotPercent }: ScalableStatelessServiceProps): ValidationError[] {
  return pattern.capacityProviderStrategies === undefined && (spotPercent ?? 0) > 0
    ? [
        validationError(
          'spotPercent',
          'be left out beside movedFrom without capacityProviderStrategies: the service has the launch type FARGATE, and AWS replaces it with a strategy',
          spotPercent,
        ),
      ]
    : [];
}

function strategyErrors({ capacityProviderStrategies = [] }: PatternProps): ValidationError[] {
  return capacityProviderStrategies.flatMap((strategy, index) =>
    structElementErrors(`movedFrom.capacityProviderStrategies[${index}]`, strategy, {
      struct: 'CapacityProviderStrategy',
      required: ['capacityProvider'],
    }),
  );
}

function foreignLoadBalancerErrors(scope: Construct, { loadBalancer }: PatternProps): ValidationError[] {
  return loadBalancer === undefined || Stack.of(loadBalancer) === Stack.of(scope)
    ? []
    : [
        validationError(
          'movedFrom',
          'have a loadBalancer of the same stack: the CDK creates listener and target group in that of the load balancer, and a resource cannot change its stack',
          Stack.of(loadBalancer).node.path,
        ),
      ];
}
