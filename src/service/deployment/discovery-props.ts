import type { CloudMapOptions, ServiceConnectProps } from 'aws-cdk-lib/aws-ecs';

/**
 * Properties of how other services find a service, besides its load balancer.
 *
 * @internal
 */
export interface DiscoveryProps {
  /**
   * Configuration for Service Connect.
   *
   * The port of the container has the name `web`: `services: [{ portMappingName: 'web' }]` makes the service reachable under that name in the
   * namespace, without the load balancer. Without `services`, the tasks are clients only. Others connect where `connections` allows it.
   *
   * @default - no Service Connect
   */
  readonly serviceConnectConfiguration?: ServiceConnectProps;

  /**
   * The options for configuring an Amazon ECS service to use service discovery: an AWS Cloud Map service with a DNS record for each task.
   *
   * @default - AWS Cloud Map service discovery is not enabled
   */
  readonly cloudMapOptions?: CloudMapOptions;
}
