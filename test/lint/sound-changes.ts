import { all, type Change, copy, publicNetwork, set } from './broken-templates';
import { resource } from './sound-template';

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';
const SECRET = '{{resolve:ssm:/shop/value}}';
const IMPORT = { 'Fn::ImportValue': 'value' };

/** Two S3 endpoints of one VPC, of which the second serves the tasks, beside those of ECR. */
const endpoints: Change = (resources) => {
  const endpoint = (name: string, properties: object) =>
    resource('AWS::EC2::VPCEndpoint', { VpcId: { Ref: 'Vpc' }, ServiceName: `com.amazonaws.eu-west-1.${name}`, ...properties });
  Object.assign(resources, {
    OtherLayers: endpoint('s3', { VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-other'] }),
    Layers: endpoint('s3', { VpcEndpointType: 'Gateway', RouteTableIds: [{ Ref: 'Table' }] }),
    Api: endpoint('ecr.api', { VpcEndpointType: 'Interface' }),
    Images: endpoint('ecr.dkr', { VpcEndpointType: 'Interface' }),
  });
  for (const container of resources['Task']!.Properties.ContainerDefinitions) {
    container.Image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop';
  }
};

/** The id of a check, and a change of the sound template in which it finds nothing. */
export const SOUND: readonly (readonly [string, string, Change])[] = [
  ['schedule-format', 'a schedule in Systems Manager', set('Target ScheduledActions.0.Schedule', SECRET)],
  ['schedule-format', 'all days', set('Target ScheduledActions.0.Schedule', 'cron(0 8 * * * *)')],
  ['resource-id', 'a resource ID in Systems Manager', set('Target ResourceId', SECRET)],
  ['name-length', 'a name in Systems Manager', set('Lb Name', SECRET)],
  ['name-length', 'a name with a part in Systems Manager', set('Lb Name', { 'Fn::Join': ['-', ['shop', SECRET]] })],
  ['target-value', 'a target in Systems Manager', set(`Cpu ${TRACKING}.TargetValue`, SECRET)],
  ['target-value', 'an imported configuration', set(`Cpu ${TRACKING}`, IMPORT)],
  ['one-metric', 'an imported metric', set(`Cpu ${TRACKING}.PredefinedMetricSpecification`, IMPORT)],
  ['container-name', 'a container name in Systems Manager', set('Task ContainerDefinitions.0.Name', SECRET)],
  ['volume', 'a volume name in Systems Manager', set('Task Volumes.0.Name', SECRET)],
  ['volume', 'an imported volume', set('Task Volumes.0', IMPORT)],
  ['load-balancer-attributes', 'an attribute in Systems Manager', set('Lb LoadBalancerAttributes.0.Value', SECRET)],
  [
    'deployment-limits',
    'an imported minimum',
    set('Service DeploymentConfiguration', { MinimumHealthyPercent: IMPORT, MaximumPercent: 100 }),
  ],
  [
    'failure-threshold',
    'a number of tasks above 100',
    set('Service DeploymentConfiguration.DeploymentCircuitBreaker', {
      Enable: true,
      Rollback: true,
      ThresholdConfiguration: { Type: 'COUNT', Value: 120 },
    }),
  ],
  [
    'lifecycle-hook',
    'a pause before traffic moves, and a function while it does',
    set('Service DeploymentConfiguration.LifecycleHooks', [
      { TargetType: 'PAUSE', LifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] },
      { HookTargetArn: IMPORT, LifecycleStages: ['PRODUCTION_TRAFFIC_SHIFT', IMPORT] },
    ]),
  ],
  [
    'early-success',
    'once all tasks are healthy',
    set('Service DeploymentConfiguration.EarlySuccessCriteria', {
      Enable: true,
      HealthyPercent: 100,
      SourceServiceRevisionCleanup: 'DEFERRED',
    }),
  ],
  ['deployment-limits', 'an imported strategy', set('Service DeploymentConfiguration', { Strategy: IMPORT, MaximumPercent: 100 })],
  ['unreachable-registry', 'an imported AssignPublicIp', publicNetwork(IMPORT)],
  ['unreachable-registry', 'tasks on instances', all(publicNetwork('DISABLED'), set('Service LaunchType', 'EC2'))],
  [
    'unreachable-registry',
    'two S3 endpoints',
    all(publicNetwork('DISABLED'), endpoints, (resources) => {
      delete resources['Route'];
    }),
  ],
  [
    'container-port',
    'the port of a container named by a reference',
    all(set('Task ContainerDefinitions.0.Name', IMPORT), set('Service LoadBalancers.0.ContainerName', IMPORT)),
  ],
  [
    'grace-period',
    'VPC Lattice',
    all(set('Service LoadBalancers', undefined), set('Service VpcLatticeConfigurations', [{ PortName: 'http' }])),
  ],
  [
    'grace-period',
    'a health check of a container',
    all(set('Service LoadBalancers', undefined), set('Task ContainerDefinitions.0.HealthCheck', { Command: ['CMD', 'true'] })),
  ],
  ['grace-period', 'an imported task definition', all(set('Service LoadBalancers', undefined), set('Service TaskDefinition', IMPORT))],
  [
    'health-check-timeout',
    'a TCP group with a timeout of the interval',
    all(set('Group Protocol', 'TCP'), set('Group HealthCheckTimeoutSeconds', 10)),
  ],
  [
    'empty-target-group',
    'a group with targets',
    all(copy('Group', 'Other', { Name: 'other', Targets: [{ Id: '10.0.0.1' }] }), set('Rule Actions.0.TargetGroupArn', { Ref: 'Other' })),
  ],
];
