import type { Resource } from './resource';
import { field, type Section, type TemplateValue } from './template-value';

const EXPRESS = 'AWS::ECS::ExpressGatewayService';

/**
 * The defaults of ECS Express Mode.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html
 */
const DEFAULTS = {
  cpu: '1024',
  memory: '2048',
  port: 80,
  healthCheckPath: '/ping',
  minTasks: 1,
  maxTasks: 20,
  metric: 'AVERAGE_CPU',
  target: 60,
};

/** The metrics of Express Mode, as target-tracking policies name them. */
const METRICS: Readonly<Record<string, string>> = {
  AVERAGE_CPU: 'ECSServiceAverageCPUUtilization',
  AVERAGE_MEMORY: 'ECSServiceAverageMemoryUtilization',
  REQUEST_COUNT_PER_TARGET: 'ALBRequestCountPerTarget',
};

/** The resources with those that ECS creates for each service in Express Mode, which has the ID of the service. */
export function withExpressParts(resources: readonly Resource[]): readonly Resource[] {
  return resources.flatMap((resource) => (resource.type === EXPRESS ? partsOfExpress(resource) : [resource]));
}

/** Whether a service is in Express Mode, by the resources that ECS creates for it. */
export function expressTexts({ id }: Resource, targetGroup: Resource): readonly string[] {
  return targetGroup.id === `${id} target group` && 'ExpressMode' in targetGroup.properties
    ? [`${id} (ECS Express Mode): what ECS creates has the defaults of AWS, and 1 to 20 tasks where ScalingTarget has no others`]
    : [];
}

function partsOfExpress({ id, properties, undecidedBy }: Resource): Resource[] {
  const container = properties.PrimaryContainer;
  const scaling = properties.ScalingTarget;
  const port = field(container, 'ContainerPort') ?? DEFAULTS.port;
  const [task, targets, balancer, target] = ['task definition', 'target group', 'load balancer', 'scalable target'].map(
    (name) => `${id} ${name}`,
  );
  const part = (partId: string, type: string, own: Section): Resource => ({
    id: partId,
    type,
    properties: own,
    ...(undecidedBy !== undefined && { undecidedBy }),
  });
  return [
    part(id, 'AWS::ECS::Service', {
      ...optional('Cluster', properties.Cluster),
      ...optional('ServiceName', properties.ServiceName),
      LaunchType: 'FARGATE',
      TaskDefinition: { Ref: task! },
      LoadBalancers: [{ ContainerName: 'Main', ContainerPort: port, TargetGroupArn: { Ref: targets! } }],
      NetworkConfiguration: { AwsvpcConfiguration: { ...optional('Subnets', field(properties.NetworkConfiguration, 'Subnets')) } },
      DeploymentConfiguration: {
        Strategy: 'CANARY',
        CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 3 },
        BakeTimeInMinutes: 3,
      },
    }),
    part(task!, 'AWS::ECS::TaskDefinition', {
      Cpu: properties.Cpu ?? DEFAULTS.cpu,
      Memory: properties.Memory ?? DEFAULTS.memory,
      ContainerDefinitions: [{ Name: 'Main', Image: field(container, 'Image') ?? null }],
    }),
    part(targets!, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: properties.HealthCheckPath ?? DEFAULTS.healthCheckPath,
      ExpressMode: true,
    }),
    part(balancer!, 'AWS::ElasticLoadBalancingV2::LoadBalancer', {}),
    part(`${id} listener`, 'AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: { Ref: balancer! },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: targets! } }],
    }),
    part(target!, 'AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: field(scaling, 'MinTaskCount') ?? DEFAULTS.minTasks,
      MaxCapacity: field(scaling, 'MaxTaskCount') ?? DEFAULTS.maxTasks,
      ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'AWS::ECS::Cluster' }, '/', { 'Fn::GetAtt': [id, 'Name'] }]] },
    }),
    part(`${id} policy`, 'AWS::ApplicationAutoScaling::ScalingPolicy', {
      ScalingTargetId: { Ref: target! },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: field(scaling, 'AutoScalingTargetValue') ?? DEFAULTS.target,
        PredefinedMetricSpecification: { PredefinedMetricType: metricOf(field(scaling, 'AutoScalingMetric')) },
      },
    }),
  ];
}

function metricOf(metric: TemplateValue | undefined): TemplateValue {
  if (metric === undefined) return METRICS[DEFAULTS.metric]!;
  return typeof metric === 'string' ? (METRICS[metric] ?? metric) : metric;
}

function optional(name: string, value: TemplateValue | undefined): Section {
  return value === undefined ? {} : { [name]: value };
}
