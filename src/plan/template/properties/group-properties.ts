import type { PropertyTable } from './property-table';

/** What becomes of the properties of an EC2 Auto Scaling group. */
export const GROUP_PROPERTIES: PropertyTable = {
  read: [
    ...['MinSize', 'MaxSize', 'DesiredCapacity', 'Cooldown', 'DefaultInstanceWarmup', 'HealthCheckGracePeriod'],
    ...['VPCZoneIdentifier', 'AvailabilityZones', 'MixedInstancesPolicy', 'CapacityRebalance'],
    'InstanceMaintenancePolicy',
  ],
  references: ['LaunchConfigurationName', 'LaunchTemplate', 'TargetGroupARNs'],
  withoutEffect: [
    ...['AutoScalingGroupName', 'Tags', 'Context', 'ServiceLinkedRoleARN', 'MetricsCollection', 'NotificationConfigurations'],
    ...['NotificationConfiguration', 'AvailabilityZoneIds', 'DeletionProtection', 'SkipZonalShiftValidation', 'InstanceId'],
    'DesiredCapacityType',
  ],
  assumed: {
    HealthCheckType: { followed: ['ELB'], assumed: 'an instance that fails the health check of the target group is replaced' },
    LifecycleHookSpecificationList: { assumed: 'an instance neither waits before it serves nor before it ends' },
    InstanceLifecyclePolicy: { assumed: 'an instance neither waits before it serves nor before it ends' },
    MaxInstanceLifetime: { followed: ['0'], assumed: 'an instance runs as long as it is needed' },
    NewInstancesProtectedFromScaleIn: { followed: ['false'], assumed: 'each instance can be removed' },
    PlacementGroup: { assumed: 'there is capacity for each instance' },
    CapacityReservationSpecification: { assumed: 'there is capacity for each instance' },
    TerminationPolicies: { assumed: 'an instance of the zone with the most is removed' },
    AvailabilityZoneImpairmentPolicy: { assumed: 'no zone is shifted away' },
    AvailabilityZoneDistribution: { assumed: 'instances are spread evenly over the zones' },
    LoadBalancerNames: { assumed: 'all requests come through the target group' },
    TrafficSources: { assumed: 'all requests come through the target group' },
  },
};
