import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IConstruct } from 'constructs';
import { InstancesBase } from '../instances/instances-base';
import { throwIfAny } from '../parse/input-error';
import { instancesOfService } from '../service/capacity/capacity-provider';
import { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import type { IChaosTarget } from '../service/test-targets';

/** The service whose tasks are meant; undefined for instances without ECS. */
export function serviceOf(target: IChaosTarget): ScalableStatelessServiceBase | undefined {
  return target instanceof ScalableStatelessServiceBase ? target : undefined;
}

/**
 * The service, for an experiment on tasks of ECS.
 *
 * @throws InputError for instances without ECS.
 */
export function serviceFor(scope: IConstruct, target: IChaosTarget, method: string): ScalableStatelessServiceBase {
  const service = serviceOf(target);
  if (service === undefined)
    throwIfAny([`${method} needs a ScalableStatelessService as target, which has tasks: ${ON_INSTANCES}`], scope.node.path);
  return service!;
}

const ON_INSTANCES = 'use terminateInstances, stopInstances, rebootInstances or interruptSpotInstances for instances';

/**
 * The Auto Scaling group, for an experiment on instances.
 *
 * @throws InputError for a service whose tasks run on no instances of its own.
 */
export function groupFor(scope: IConstruct, target: IChaosTarget, method: string): AutoScalingGroup {
  const service = serviceOf(target);
  const group = service === undefined ? (target as InstancesBase).autoScalingGroup : instancesOfService(service);
  if (group === undefined)
    throwIfAny(
      [`${method} needs ScalableStatelessInstances as target, or a service with Capacity.instances(): use stopTasks for a service without`],
      scope.node.path,
    );
  return group!;
}

/** Rejects a construct that only looks like a target. */
export function validateTarget(scope: IConstruct, target: IChaosTarget): void {
  if (target instanceof ScalableStatelessServiceBase || target instanceof InstancesBase) return;
  throwIfAny([`target must be a ScalableStatelessService or ScalableStatelessInstances, got ${target.node.path}`], scope.node.path);
}
