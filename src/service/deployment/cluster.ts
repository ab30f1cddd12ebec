import { Cluster, ContainerInsights, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { NetworkProps } from '../network/network-props';
import type { ServiceNetwork } from '../network/service-network';
import type { ObservabilityProps } from '../observability/observability-props';

/** The cluster of the caller, or one of the service's own. That one knows Fargate and Fargate Spot, so that a service can go from one to the other. */
export function clusterOf(scope: Construct, { vpc }: ServiceNetwork, props: NetworkProps & ObservabilityProps): ICluster {
  if (props.cluster !== undefined) return props.cluster;
  const containerInsightsV2 = props.containerInsights ?? ContainerInsights.ENABLED;
  return new Cluster(scope, 'Cluster', { vpc, enableFargateCapacityProviders: true, containerInsightsV2 });
}
