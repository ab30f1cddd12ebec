import { Stack } from 'aws-cdk-lib';
import { CfnCluster, CfnClusterCapacityProviderAssociations, Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import type { NetworkProps } from '../network/network';
import type { DeploymentProps } from './deployment-props';

/**
 * Adds Fargate and Fargate Spot to the capacity providers of a cluster of the app, so that a service can change between them.
 *
 * A cluster has one list of capacity providers. Where the app writes it itself, it is left as it is: a second one would replace it.
 */
export function addFargateProviders(cluster: ICluster | undefined): void {
  if (cluster instanceof Cluster && writtenProvidersOf(cluster) === undefined) cluster.enableFargateCapacityProviders();
}

/** Returns an error where the app writes a list of capacity providers without those that the service needs. */
export function capacityProviderErrors({ cluster, spotPercent }: DeploymentProps & NetworkProps): ValidationError[] {
  const written = cluster instanceof Cluster ? writtenProvidersOf(cluster) : undefined;
  const missing = ['FARGATE', ...(spotPercent ? ['FARGATE_SPOT'] : [])].filter((name) => written?.includes(name) === false);
  return missing.length === 0
    ? []
    : [validationError('cluster', `have ${missing.join(' and ')} in its list of capacity providers`, written?.join(', ') || undefined)];
}

/** The list that the app writes with a resource or a property of its own; undefined where there is none. */
function writtenProvidersOf(cluster: Cluster): string[] | undefined {
  const association = cluster.node.root.node
    .findAll()
    .filter((node) => CfnClusterCapacityProviderAssociations.isCfnClusterCapacityProviderAssociations(node))
    .find((each) => each.cluster === cluster.clusterName || each.cluster === cluster.clusterArn);
  const resource = cluster.node.defaultChild;
  const list = association?.capacityProviders ?? (CfnCluster.isCfnCluster(resource) ? resource.capacityProviders : undefined);
  const names: unknown = Stack.of(cluster).resolve(list);
  return Array.isArray(names) ? names.map((name) => (typeof name === 'string' ? name : JSON.stringify(name))) : undefined;
}
