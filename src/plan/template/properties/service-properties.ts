import type { PropertyTable } from './property-table';

/** What becomes of the properties of an ECS service. */
export const SERVICE_PROPERTIES: PropertyTable = {
  read: [
    ...['DesiredCount', 'LaunchType', 'CapacityProviderStrategy', 'HealthCheckGracePeriodSeconds', 'AvailabilityZoneRebalancing'],
    ...['LoadBalancers.ContainerName', 'LoadBalancers.ContainerPort', 'DeploymentController.Type', 'Monitoring'],
    ...['NetworkConfiguration.AwsvpcConfiguration.Subnets', 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp'],
    ...[
      'DeploymentConfiguration.Alarms',
      'DeploymentConfiguration.DeploymentCircuitBreaker',
      'DeploymentConfiguration.EarlySuccessCriteria',
    ],
    ...['DeploymentConfiguration.MaximumPercent', 'DeploymentConfiguration.MinimumHealthyPercent', 'DeploymentConfiguration.Strategy'],
    ...['DeploymentConfiguration.CanaryConfiguration', 'DeploymentConfiguration.LinearConfiguration'],
    ...['DeploymentConfiguration.BakeTimeInMinutes', 'DeploymentConfiguration.LifecycleHooks.LifecycleStages'],
    ...['DeploymentConfiguration.LifecycleHooks.TargetType', 'DeploymentConfiguration.LifecycleHooks.TimeoutConfiguration'],
  ],
  references: ['Cluster', 'TaskDefinition', 'ServiceName', 'LoadBalancers.TargetGroupArn', 'LoadBalancers.AdvancedConfiguration'],
  withoutEffect: [
    ...['Tags', 'PropagateTags', 'EnableECSManagedTags', 'EnableExecuteCommand', 'Role', 'ForceNewDeployment'],
    ...['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups', 'DeploymentConfiguration.LifecycleHooks.HookTargetArn'],
    ...['DeploymentConfiguration.LifecycleHooks.HookDetails', 'DeploymentConfiguration.LifecycleHooks.RoleArn'],
  ],
  assumed: {
    PlatformVersion: { followed: ['LATEST', '1.4.0'], assumed: 'the launch of platform version 1.4.0 is assumed' },
    SchedulingStrategy: { followed: ['REPLICA'], assumed: 'the tasks of a replica service are assumed' },
    PlacementConstraints: { assumed: 'a task can be placed in each zone' },
    PlacementStrategies: { assumed: 'tasks are spread evenly over the zones' },
    ServiceConnectConfiguration: { assumed: 'requests of other services and the CPU of its proxy are not simulated' },
    ServiceRegistries: { assumed: 'requests that find a task by its DNS name are not simulated' },
    VpcLatticeConfigurations: { assumed: 'requests through VPC Lattice are not simulated' },
    VolumeConfigurations: { assumed: 'attaching a volume takes no time, and its price is left out' },
    GatewayConnectors: { assumed: 'the load balancer that ECS creates is assumed to be an application load balancer of its own' },
    'LoadBalancers.LoadBalancerName': { assumed: 'a Classic Load Balancer is simulated as an application load balancer' },
  },
};
