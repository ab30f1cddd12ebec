import type { CapacityProviderStrategy } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServicePlan } from '../plan-of-props';
import type { DeploymentProps } from './deployment-props';

/**
 * What the tasks run on, where anything is said about it.
 *
 * A cluster of this package's is always told, as going over to Spot later would otherwise replace the service.
 */
export function capacityOf(isOwnCluster: boolean, { policy }: ServicePlan, props: DeploymentProps): CapacityProviderStrategy[] | undefined {
  const spotPercent = props.spotPercent ?? DEFAULTS.spotPercent;
  if (!isOwnCluster && spotPercent === 0) return undefined;
  if (spotPercent === 0) return [{ capacityProvider: 'FARGATE', weight: 1 }];
  const onDemand = { capacityProvider: 'FARGATE', base: props.onDemandBase ?? policy.minCapacity, weight: 100 - spotPercent };
  return [onDemand, { capacityProvider: 'FARGATE_SPOT', weight: spotPercent }];
}
