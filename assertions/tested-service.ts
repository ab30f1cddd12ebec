/** What an assertion needs of a service: the `ScalableStatelessService`, or any other ECS service with a target group. */
export interface TestedService {
  readonly cluster: { readonly clusterArn: string; readonly clusterName: string };
  readonly service: { readonly serviceName: string };
  readonly targetGroup: { readonly targetGroupArn: string };
}

/** The service as the operations of ECS name it. */
export function nameOf({ cluster, service }: TestedService) {
  return { cluster: cluster.clusterArn, service: service.serviceName };
}

/** The service as Application Auto Scaling names it. */
export function scalableTargetOf({ cluster, service }: TestedService) {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster.clusterName}/${service.serviceName}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  };
}
