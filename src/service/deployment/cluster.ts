import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { ObservabilityProps } from '../observability/observability-props';

/** The cluster of the service's own. It knows Fargate and Fargate Spot, so that a service can go from one to the other. */
export function createCluster(scope: Construct, vpc: IVpc, props: ObservabilityProps): Cluster {
  const containerInsightsV2 = props.containerInsights ?? ContainerInsights.ENABLED;
  return new Cluster(scope, 'Cluster', { vpc, enableFargateCapacityProviders: true, containerInsightsV2 });
}
