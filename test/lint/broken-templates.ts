import { resource, soundTemplate, type TestTemplate } from './sound-template';

export type Change = (resources: TestTemplate['Resources']) => void;

/** The sound template with a change. */
export function changed(change: Change): TestTemplate {
  const template = soundTemplate();
  change(template.Resources);
  return template;
}

/** Sets a property by its path, such as `Task Volumes.0.Name`; undefined removes it. */
export function set(path: string, value: unknown): Change {
  const [id, properties] = path.split(' ') as [string, string];
  return (resources) => {
    const names = properties.split('.');
    const last = names.pop()!;
    const parent = names.reduce((object, name) => object[name], resources[id]!.Properties);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
}

/** Adds a copy of a resource with other properties. */
export function copy(id: string, name: string, properties: object): Change {
  return (resources) => {
    const { Type, Properties } = resources[id]!;
    resources[name] = resource(Type, { ...structuredClone(Properties), ...properties });
  };
}

export function all(...changes: Change[]): Change {
  return (resources) => {
    for (const change of changes) change(resources);
  };
}

/** A VPC with one public subnet, in which the tasks run. */
export function publicNetwork(assignPublicIp: unknown): Change {
  return (resources) => {
    const added = {
      Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      Subnet: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/18' }),
      Subnet2: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.64.0/18' }),
      Table: resource('AWS::EC2::RouteTable', { VpcId: { Ref: 'Vpc' } }),
      Association: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } }),
      Association2: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: { Ref: 'Subnet2' }, RouteTableId: { Ref: 'Table' } }),
      Gateway: resource('AWS::EC2::InternetGateway', {}),
      Route: resource('AWS::EC2::Route', {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'Gateway' },
      }),
    };
    Object.assign(resources, added);
    const subnets = [{ Ref: 'Subnet' }, { Ref: 'Subnet2' }];
    resources['Service']!.Properties.NetworkConfiguration = { AwsvpcConfiguration: { Subnets: subnets, AssignPublicIp: assignPublicIp } };
  };
}

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';
const CUSTOM = { MetricName: 'Queue', Namespace: 'Shop', Statistic: 'Average' };

/** The id of a check, what is wrong, and the change that makes it wrong. */
export const BROKEN: readonly (readonly [string, string, Change])[] = [
  ['capacity-bounds', 'a minimum above the maximum', set('Target MinCapacity', 9)],
  [
    'capacity-bounds',
    'a scheduled minimum above its maximum',
    set('Target ScheduledActions.0.ScalableTargetAction', { MinCapacity: 5, MaxCapacity: 4 }),
  ],
  ['capacity-bounds', 'a negative minimum', set('Target MinCapacity', -1)],
  ['schedule-bounds', 'a scheduled minimum above the maximum', set('Target ScheduledActions.0.ScalableTargetAction.MinCapacity', 20)],
  ['schedule-bounds', 'a scheduled maximum below the minimum', set('Target ScheduledActions.1.ScalableTargetAction', { MaxCapacity: 1 })],
  [
    'schedule-bounds',
    'a scheduled minimum above the maximum that another action has set',
    set('Target ScheduledActions.1.ScalableTargetAction', { MinCapacity: 2, MaxCapacity: 3 }),
  ],
  ['scalable-dimension', 'a dimension of another service', set('Target ScalableDimension', 'dynamodb:table:ReadCapacityUnits')],
  ['scalable-dimension', 'a misspelled dimension', set('Target ScalableDimension', 'ecs:service:desiredCount')],
  ['scalable-dimension', 'a namespace of another service', set('Target ServiceNamespace', 'ec2')],
  ['resource-id', 'a resource ID without the cluster', set('Target ResourceId', 'service/shop')],
  [
    'resource-id',
    'the ARN of the service',
    set('Target ResourceId', { 'Fn::Join': ['/', ['service', { Ref: 'Cluster' }, { Ref: 'Service' }]] }),
  ],
  ['scalable-target-twice', 'a second scalable target', copy('Target', 'Second', { MinCapacity: 1 })],
  ['schedule-format', 'a schedule as text', set('Target ScheduledActions.0.Schedule', 'every weekday at eight')],
  ['schedule-format', 'five fields', set('Target ScheduledActions.0.Schedule', 'cron(0 8 * * MON-FRI)')],
  ['schedule-format', 'days of the week beside all days', set('Target ScheduledActions.0.Schedule', 'cron(0 16 * * MON-FRI *)')],
  ['schedule-format', 'no day', set('Target ScheduledActions.0.Schedule', 'cron(0 16 ? * ? *)')],
  ['schedule-format', 'a day as a word', set('Target ScheduledActions.0.Schedule', 'cron(0 8 ? * Monday *)')],
  ['schedule-format', 'a rate as a word', set('Target ScheduledActions.0.Schedule', 'rate(daily)')],
  ['schedule-format', 'a date without a time', set('Target ScheduledActions.0.Schedule', 'at(2030-01-31)')],
  ['schedule-name', 'two scheduled actions of one name', set('Target ScheduledActions.1.ScheduledActionName', 'morning')],
  ['policy-type', 'a type without its configuration', set('Cpu PolicyType', 'StepScaling')],
  ['policy-type', 'an unknown type', set('Cpu PolicyType', 'TargetTracking')],
  ['one-metric', 'no metric', set(`Cpu ${TRACKING}.PredefinedMetricSpecification`, undefined)],
  ['one-metric', 'two metrics', set(`Cpu ${TRACKING}.CustomizedMetricSpecification`, CUSTOM)],
  ['one-metric', 'an empty metric', set(`Cpu ${TRACKING}.PredefinedMetricSpecification`, {})],
  [
    'one-metric',
    'an empty customized metric',
    all(set(`Cpu ${TRACKING}.PredefinedMetricSpecification`, undefined), set(`Cpu ${TRACKING}.CustomizedMetricSpecification`, {})),
  ],
  [
    'one-metric',
    'a customized metric by name and by query',
    all(
      set(`Cpu ${TRACKING}.PredefinedMetricSpecification`, undefined),
      set(`Cpu ${TRACKING}.CustomizedMetricSpecification`, { ...CUSTOM, Metrics: [{ Id: 'm1' }] }),
    ),
  ],
  ['target-value', 'a target of 0', set(`Cpu ${TRACKING}.TargetValue`, 0)],
  ['target-value', 'a negative target', set(`Requests ${TRACKING}.TargetValue`, -5)],
  ['target-value', 'no target', set(`Cpu ${TRACKING}.TargetValue`, undefined)],
  ['request-metric-label', 'no label', set(`Requests ${TRACKING}.PredefinedMetricSpecification.ResourceLabel`, undefined)],
  [
    'request-metric-label',
    'a label of another form',
    set(`Requests ${TRACKING}.PredefinedMetricSpecification.ResourceLabel`, 'shop/group'),
  ],
  [
    'request-metric-label',
    'a label on the CPU',
    set(`Cpu ${TRACKING}.PredefinedMetricSpecification.ResourceLabel`, 'app/a/b/targetgroup/c/d'),
  ],
  ['policy-name', 'two policies of one name', set('Requests PolicyName', 'cpu')],
  ['metric-of-two-policies', 'two policies on the CPU', copy('Cpu', 'Second', { PolicyName: 'second' })],
  ['listener-port', 'two listeners on port 80', copy('Listener', 'Second', {})],
  [
    'listener-port',
    'the same load balancer in another spelling',
    copy('Listener', 'Second', { LoadBalancerArn: { 'Fn::GetAtt': 'Lb.LoadBalancerArn' } }),
  ],
  ['listener-protocol', 'a TCP listener on an Application Load Balancer', set('Listener Protocol', 'TCP')],
  ['listener-protocol', 'an HTTP listener on a Network Load Balancer', set('Lb Type', 'network')],
  ['listener-certificate', 'an HTTPS listener without a certificate', set('Listener Protocol', 'HTTPS')],
  ['listener-certificate', 'an HTTP listener with a certificate', set('Listener Certificates', [{ CertificateArn: 'arn:aws:acm:…' }])],
  ['rule-priority', 'one priority twice', copy('Rule', 'Second', {})],
  ['rule-priority', 'a priority of 0', set('Rule Priority', 0)],
  [
    'target-group-protocol',
    'a TCP group after an authentication',
    all(
      set('Group Protocol', 'TCP'),
      set('Rule Actions', [
        { Type: 'authenticate-oidc', Order: 1 },
        { Type: 'forward', Order: 2, ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' } }] } },
      ]),
    ),
  ],
  ['target-group-protocol', 'a TCP group behind an Application Load Balancer', set('Group Protocol', 'TCP')],
  [
    'target-group-load-balancers',
    'a group behind two load balancers',
    all(copy('Lb', 'SecondLb', { Name: 'second' }), copy('Listener', 'Second', { LoadBalancerArn: { Ref: 'SecondLb' } })),
  ],
  ['load-balancer-attributes', 'an unknown attribute', set('Lb LoadBalancerAttributes.0', { Key: 'idle_timeout.seconds', Value: '60' })],
  ['load-balancer-attributes', 'a value out of range', set('Lb LoadBalancerAttributes.0.Value', '4001')],
  [
    'target-group-attributes',
    'an unknown attribute',
    set('Group TargetGroupAttributes.0', { Key: 'deregistration_delay.seconds', Value: '30' }),
  ],
  [
    'target-group-attributes',
    'a slow start of a second',
    set('Group TargetGroupAttributes.0', { Key: 'slow_start.duration_seconds', Value: '1' }),
  ],
  ['deregistration-delay', 'more than an hour', set('Group TargetGroupAttributes.0.Value', '3601')],
  [
    'load-balancing-algorithm',
    'slow start with least outstanding requests',
    set('Group TargetGroupAttributes', [
      { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
      { Key: 'slow_start.duration_seconds', Value: '30' },
    ]),
  ],
  [
    'load-balancing-algorithm',
    'anomaly mitigation with round robin',
    set('Group TargetGroupAttributes', [{ Key: 'load_balancing.algorithm.anomaly_mitigation', Value: 'on' }]),
  ],
  ['name-length', 'a load balancer with a name of 33 characters', set('Lb Name', 'a'.repeat(33))],
  [
    'name-length',
    'a name that is too long by what is known of it',
    set('Lb Name', { 'Fn::Join': ['-', ['a'.repeat(33), { Ref: 'AWS::Region' }]] }),
  ],
  ['name-length', 'a target group with a dot in its name', set('Group Name', 'shop.web')],
  ['name-length', 'a reserved name', set('Lb Name', 'internal-shop')],
  ['health-check-timeout', 'a timeout of the interval', set('Group HealthCheckTimeoutSeconds', 10)],
  [
    'health-check-timeout',
    'an interval of the default timeout',
    all(set('Group HealthCheckTimeoutSeconds', undefined), set('Group HealthCheckIntervalSeconds', 5)),
  ],
  [
    'health-check-timeout',
    'a TCP group with a timeout above the interval',
    all(set('Group Protocol', 'TCP'), set('Group HealthCheckTimeoutSeconds', 11)),
  ],
  ['health-check-range', 'an interval of a second', set('Group HealthCheckIntervalSeconds', 301)],
  ['health-check-range', 'a threshold of one', set('Group UnhealthyThresholdCount', 1)],
  ['health-check-range', 'a path without a slash', set('Group HealthCheckPath', 'health')],
  ['target-type', 'targets by instance', set('Group TargetType', 'instance')],
  ['target-type', 'targets by instance, the default', set('Group TargetType', undefined)],
  ['container-name', 'a container that the task does not have', set('Service LoadBalancers.0.ContainerName', 'app')],
  ['container-port', 'a port that the container does not map', set('Service LoadBalancers.0.ContainerPort', 9090)],
  ['container-port', 'a container without ports', set('Task ContainerDefinitions.0.PortMappings', undefined)],
  [
    'container-port',
    'another port, beside a host port that deployment knows',
    set('Task ContainerDefinitions.0.PortMappings', [{ ContainerPort: 9090, HostPort: { 'Fn::ImportValue': 'host-port' } }]),
  ],
  [
    'container-port',
    'another port of a container named by a reference',
    all(
      set('Task ContainerDefinitions.0.Name', { 'Fn::ImportValue': 'name' }),
      set('Service LoadBalancers.0.ContainerName', { 'Fn::ImportValue': 'name' }),
      set('Service LoadBalancers.0.ContainerPort', 9090),
    ),
  ],
  ['launch-type', 'a launch type beside a strategy', set('Service CapacityProviderStrategy', [{ CapacityProvider: 'FARGATE', Weight: 1 }])],
  ['network-mode', 'the network mode bridge on Fargate', set('Task NetworkMode', 'bridge')],
  ['network-mode', 'no network mode on Fargate', set('Task NetworkMode', undefined)],
  ['network-mode', 'no network configuration', set('Service NetworkConfiguration', undefined)],
  ['grace-period', 'a grace period without a load balancer', set('Service LoadBalancers', undefined)],
  ['deployment-limits', 'no room for a deployment', set('Service DeploymentConfiguration.MaximumPercent', 100)],
  [
    'failure-threshold',
    'more than all tasks',
    set('Service DeploymentConfiguration.DeploymentCircuitBreaker', {
      Enable: true,
      Rollback: true,
      ThresholdConfiguration: { Type: 'BOUNDED_PERCENT', Value: 120 },
    }),
  ],
  [
    'failure-threshold',
    'no failure at all',
    set('Service DeploymentConfiguration.DeploymentCircuitBreaker', {
      Enable: true,
      Rollback: true,
      ThresholdConfiguration: { Type: 'COUNT', Value: 0 },
    }),
  ],
  [
    'lifecycle-hook',
    'a pause while traffic moves',
    set('Service DeploymentConfiguration.LifecycleHooks', [{ TargetType: 'PAUSE', LifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT'] }]),
  ],
  [
    'lifecycle-hook',
    'a timeout of more than 14 days',
    set('Service DeploymentConfiguration.LifecycleHooks', [
      { TargetType: 'PAUSE', LifecycleStages: ['POST_SCALE_UP'], TimeoutConfiguration: { TimeoutInMinutes: 20_161 } },
    ]),
  ],
  [
    'early-success',
    'before the minimum healthy percent',
    set('Service DeploymentConfiguration.EarlySuccessCriteria', {
      Enable: true,
      HealthyPercent: 50,
      SourceServiceRevisionCleanup: 'BLOCKING',
    }),
  ],
  ['task-size', 'a memory that Fargate does not offer', set('Task Memory', '8192')],
  ['container-names', 'two containers of one name', set('Task ContainerDefinitions.1.Name', 'web')],
  [
    'container-names',
    'two containers named by one reference',
    all(
      set('Task ContainerDefinitions.0.Name', { 'Fn::ImportValue': 'name' }),
      set('Task ContainerDefinitions.1.Name', { 'Fn::ImportValue': 'name' }),
    ),
  ],
  ['container-memory', 'a container with more memory than the task', set('Task ContainerDefinitions.0.Memory', 1024)],
  ['container-memory', 'containers with more memory together', set('Task ContainerDefinitions.0.Memory', 500)],
  ['container-cpu', 'a container with more CPU than the task', set('Task ContainerDefinitions.0.Cpu', 512)],
  ['volume', 'a volume that does not exist', set('Task Volumes.0.Name', 'data')],
  ['volume', 'no volumes', set('Task Volumes', undefined)],
  ['ephemeral-storage', 'the included 20 GiB', set('Task EphemeralStorage', { SizeInGiB: 20 })],
  ['execution-role', 'logs without an execution role', set('Task ExecutionRoleArn', undefined)],
  ['unreachable-registry', 'tasks without a public address in a public subnet', publicNetwork('DISABLED')],
  ['container-dependency', 'a container that does not exist', set('Task ContainerDefinitions.1.DependsOn.0.ContainerName', 'app')],
  [
    'container-dependency',
    'the health of a container without a health check',
    set('Task ContainerDefinitions.1.DependsOn.0.Condition', 'HEALTHY'),
  ],
  ['essential-container', 'no essential container', set('Task ContainerDefinitions.0.Essential', false)],
  ['alarm-datapoints', 'four datapoints of three periods', set('Alarm DatapointsToAlarm', 4)],
  ['unreachable-target', 'a CPU target of 150 %', set(`Cpu ${TRACKING}.TargetValue`, 150)],
  ['request-target', 'a target per second', set(`Requests ${TRACKING}.TargetValue`, 5)],
  ['desired-count', 'more tasks than the maximum', set('Service DesiredCount', 10)],
  ['redundancy', 'one task', set('Target MinCapacity', 1)],
  ['redundancy', 'one task at night', set('Target ScheduledActions.1.ScalableTargetAction.MinCapacity', 1)],
  ['redundancy', 'one subnet', set('Service NetworkConfiguration.AwsvpcConfiguration.Subnets', ['subnet-a'])],
  [
    'spot-draining',
    'Spot with the default of five minutes',
    all(
      set('Service LaunchType', undefined),
      set('Service CapacityProviderStrategy', [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]),
      set('Group TargetGroupAttributes.0.Value', '300'),
    ),
  ],
  [
    'empty-target-group',
    'a rule to a group without tasks',
    all(copy('Group', 'Empty', { Name: 'empty' }), set('Rule Actions.0.TargetGroupArn', { Ref: 'Empty' })),
  ],
  [
    'catch-all-rule',
    'a rule for all paths before another',
    all(
      set('Rule Conditions.0.Values', ['/*']),
      copy('Rule', 'Later', { Priority: 20, Conditions: [{ Field: 'path-pattern', Values: ['/x'] }] }),
    ),
  ],
];
