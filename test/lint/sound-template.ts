/** A resource of a template that a test may change. */
export interface TestResource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test changes it in any way.
  Properties: any;
  DependsOn?: string[];
  Condition?: string;
}

export interface TestTemplate {
  Parameters?: Record<string, object>;
  Conditions?: Record<string, object>;
  Mappings?: Record<string, object>;
  Resources: Record<string, TestResource>;
}

/** A load-balanced Fargate service that scales, in which no check finds anything. */
export function soundTemplate(): TestTemplate {
  return { Resources: { ...loadBalancing(), ...service(), ...scaling() } };
}

function loadBalancing(): TestTemplate['Resources'] {
  return {
    Cluster: resource('AWS::ECS::Cluster', {}),
    Lb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: 'shop',
      Scheme: 'internet-facing',
      Subnets: ['subnet-a', 'subnet-b'],
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }],
    }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: { Ref: 'Lb' },
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    }),
    Rule: resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: { Ref: 'Listener' },
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/shop'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    }),
    Group: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Name: 'shop-group',
      Port: 80,
      Protocol: 'HTTP',
      TargetType: 'ip',
      VpcId: 'vpc-1',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    }),
  };
}

function service(): TestTemplate['Resources'] {
  return {
    Task: resource('AWS::ECS::TaskDefinition', {
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ExecutionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      Volumes: [{ Name: 'scratch' }],
      ContainerDefinitions: [
        {
          Name: 'web',
          Image: 'nginx',
          Essential: true,
          Memory: 256,
          PortMappings: [{ ContainerPort: 8080 }],
          MountPoints: [{ SourceVolume: 'scratch', ContainerPath: '/tmp' }],
          LogConfiguration: { LogDriver: 'awslogs', Options: {} },
        },
        { Name: 'log', Image: 'fluent', Essential: false, Memory: 128, DependsOn: [{ ContainerName: 'web', Condition: 'START' }] },
      ],
    }),
    Service: {
      ...resource('AWS::ECS::Service', {
        Cluster: { Ref: 'Cluster' },
        LaunchType: 'FARGATE',
        TaskDefinition: { Ref: 'Task' },
        HealthCheckGracePeriodSeconds: 60,
        DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
        LoadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'Group' } }],
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-a', 'subnet-b'] } },
      }),
      DependsOn: ['Listener', 'Rule'],
    },
  };
}

function scaling(): TestTemplate['Resources'] {
  return {
    Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 8,
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: { 'Fn::Join': ['/', ['service', { Ref: 'Cluster' }, { 'Fn::GetAtt': ['Service', 'Name'] }]] },
      ScheduledActions: [
        { ScheduledActionName: 'morning', Schedule: 'cron(0 8 ? * MON-FRI *)', ScalableTargetAction: { MinCapacity: 4 } },
        { ScheduledActionName: 'evening', Schedule: 'rate(12 hours)', ScalableTargetAction: { MinCapacity: 2 } },
      ],
    }),
    Cpu: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: { Ref: 'Target' },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
    Requests: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'requests',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: { Ref: 'Target' },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 6000,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: {
            'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Lb', 'LoadBalancerFullName'] }, { 'Fn::GetAtt': ['Group', 'TargetGroupFullName'] }]],
          },
        },
      },
    }),
    Alarm: resource('AWS::CloudWatch::Alarm', { EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 1 }),
  };
}

export function resource(type: string, properties: object): TestResource {
  return { Type: type, Properties: properties };
}
