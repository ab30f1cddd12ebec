import type { Construct } from 'constructs';
import type { ObservabilityProps } from '../observability/observability-props';
import { createNetwork } from './created-network';
import type { CalledServices } from './endpoints';
import { existingNetwork } from './existing-network';
import type { NetworkProps } from './network-props';
import type { ServiceNetwork } from './service-network';

/** The network of the caller, where there is one, else one of the service's own. */
export function networkOf(scope: Construct, props: NetworkProps & ObservabilityProps, called: CalledServices): ServiceNetwork {
  const vpc = props.vpc ?? props.cluster?.vpc;
  return vpc === undefined ? createNetwork(scope, props, called) : existingNetwork(scope, vpc, props);
}

/** How many zones the tasks stand in. */
export function zonesOf({ vpc, taskSubnets }: ServiceNetwork): number {
  return new Set(vpc.selectSubnets(taskSubnets).availabilityZones).size;
}
