import type { Construct } from 'constructs';
import { calledServicesOf } from '../called-services';
import type { ObservabilityProps } from '../observability/observability-props';
import type { TaskProps } from '../task/task-props';
import { createNetwork } from './created-network';
import { existingNetwork } from './existing-network';
import type { NetworkProps } from './network-props';
import type { ServiceNetwork } from './service-network';

/** The network of the caller, where there is one, else one of the service's own. */
export function networkOf(scope: Construct, props: NetworkProps & ObservabilityProps & TaskProps): ServiceNetwork {
  const vpc = props.vpc ?? props.cluster?.vpc;
  return vpc === undefined ? createNetwork(scope, props, calledServicesOf(scope, props)) : existingNetwork(scope, vpc, props);
}

/** How many zones the tasks stand in. */
export function zonesOf({ vpc, taskSubnets }: ServiceNetwork): number {
  return new Set(vpc.selectSubnets(taskSubnets).availabilityZones).size;
}
