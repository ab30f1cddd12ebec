import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { AdjustmentType, PoolState } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import {
  HighResolutionMetrics,
  InstanceScaling,
  LoadTest,
  Network,
  PredictiveScaling,
  ScalableStatelessInstances,
  type ScalableStatelessInstancesProps,
  Traffic,
} from '../../src';

function instancesOf(props: ScalableStatelessInstancesProps = {}): ScalableStatelessInstances {
  return new ScalableStatelessInstances(new Stack(new App(), 'Shop'), 'Search', props);
}

function templateOf(props: ScalableStatelessInstancesProps = {}): Template {
  return Template.fromStack(Stack.of(instancesOf(props)));
}

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const POLICY = 'AWS::AutoScaling::ScalingPolicy';
const ALARM = 'AWS::CloudWatch::Alarm';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

describe('by default', () => {
  const template = templateOf();

  test('two target-tracking policies scale, on requests per minute and on CPU', () => {
    const policyOf = (metric: string, target: number): object => ({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: metric },
        TargetValue: target,
        DisableScaleIn: false,
      },
    });
    template.resourceCountIs(POLICY, 2);
    template.hasResourceProperties(POLICY, policyOf('ALBRequestCountPerTarget', 6000));
    template.hasResourceProperties(POLICY, policyOf('ASGAverageCPUUtilization', 50));
  });

  test('no desired capacity is in the template', () => {
    template.hasResourceProperties(GROUP, { MinSize: '2', MaxSize: '6', DesiredCapacity: Match.absent() });
  });

  test('an instance has IMDSv2 only, no key, detailed monitoring and an encrypted volume', () => {
    template.hasResourceProperties(LAUNCH_TEMPLATE, {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required' },
        KeyName: Match.absent(),
        Monitoring: { Enabled: true },
        BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeType: 'gp3' } }],
        InstanceType: 'c7g.medium',
      },
    });
  });

  test('the load balancer decides whether an instance is healthy, once it serves', () => {
    template.hasResourceProperties(GROUP, {
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 60,
      LifecycleHookSpecificationList: [
        { LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', HeartbeatTimeout: 300, DefaultResult: 'ABANDON' },
        { LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', HeartbeatTimeout: 150, DefaultResult: 'CONTINUE' },
      ],
    });
    template.hasResource(GROUP, { CreationPolicy: { ResourceSignal: { Count: 2, Timeout: 'PT10M' } } });
  });

  test('a change replaces the instances with a refresh that waits at half of them, and that alarms roll back', () => {
    template.hasResource(GROUP, {
      UpdatePolicy: {
        AutoScalingInstanceRefresh: {
          Strategy: 'Rolling',
          Preferences: {
            MinHealthyPercentage: 100,
            MaxHealthyPercentage: 200,
            CheckpointPercentages: [50, 100],
            CheckpointDelay: 300,
            AlarmSpecification: { Alarms: [Match.anyValue(), Match.anyValue()] },
          },
        },
        AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
      },
    });
  });

  test('the target group has instances, on a port that stays when the container has another one', () => {
    for (const each of [template, templateOf({ containerPort: 3000 })]) {
      each.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance', Port: 8080 });
    }
  });

  test('an instance checks its health as the load balancer does: by the same protocol, and for the same codes', () => {
    const healthCheck = { path: '/up', protocol: Protocol.HTTPS, healthyHttpCodes: '200,401' };
    const text = JSON.stringify(templateOf({ healthCheck }).findResources('AWS::EC2::LaunchTemplate'));
    expect(text).toContain("'https://127.0.0.1:8080/up'");
    expect(text).toContain("<<< '200,401'");
  });

  test('the plan is read back from the template, and a forecast runs', () => {
    const instances = instancesOf();
    const outcome = instances.forecast({ traffic: Traffic.requestsPerSecond(50, Duration.minutes(20)) });
    expect(outcome.totals.maxTasks).toBe(2);
  });
});

describe('simple scaling of a practical: 20 % and 10 % for two periods of 120 seconds, cooldown 120 seconds', () => {
  const template = templateOf({
    instanceType: new InstanceType('t2.micro'),
    program: '/opt/shop/bin/server',
    minCapacity: 1,
    maxCapacity: 4,
    scaling: InstanceScaling.simple({
      scaleOutCpuUtilizationPercent: 20,
      scaleInCpuUtilizationPercent: 10,
      cooldown: Duration.seconds(120),
    }),
  });

  test.each([
    ['adds one', 1, 'GreaterThanOrEqualToThreshold', 20],
    ['removes one', -1, 'LessThanOrEqualToThreshold', 10],
  ])('%s', (_, adjustment, comparison, threshold) => {
    template.hasResourceProperties(POLICY, {
      PolicyType: 'SimpleScaling',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: adjustment,
      Cooldown: '120',
    });
    template.hasResourceProperties(ALARM, {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 120,
      EvaluationPeriods: 2,
      ComparisonOperator: comparison,
      Threshold: threshold,
    });
  });

  test('is the only scaling', () => {
    template.resourceCountIs(POLICY, 2);
    template.hasResourceProperties(GROUP, { MinSize: '1', MaxSize: '4', Cooldown: '120' });
  });
});

test('Spot Instances are launched from several pools, above an on-demand base, and rebalanced', () => {
  templateOf({ spotPercent: 75, additionalInstanceTypes: [new InstanceType('m7g.medium')] }).hasResourceProperties(GROUP, {
    CapacityRebalance: true,
    LaunchTemplate: Match.absent(),
    MixedInstancesPolicy: {
      InstancesDistribution: {
        OnDemandBaseCapacity: 2,
        OnDemandPercentageAboveBaseCapacity: 25,
        SpotAllocationStrategy: 'price-capacity-optimized',
      },
      LaunchTemplate: { Overrides: [{ InstanceType: 'c7g.medium' }, { InstanceType: 'm7g.medium' }] },
    },
  });
});

test('schedules are those of the service, in the cron of Unix', () => {
  const schedule = Schedule.cron({ hour: '6', minute: '0', weekDay: '2-6' });
  const template = templateOf({ schedules: [{ name: 'morning', schedule, timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 4 }] });
  template.hasResourceProperties('AWS::AutoScaling::ScheduledAction', {
    Recurrence: '0 6 * * 1-5',
    TimeZone: 'Europe/Berlin',
    MinSize: 4,
    MaxSize: Match.absent(),
  });
});

test('predictive scaling forecasts CPU, and a slow response time adds instances', () => {
  const template = templateOf({
    predictiveScaling: PredictiveScaling.FORECAST_AND_SCALE,
    scaleOutResponseTimeThreshold: Duration.seconds(2),
    highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE,
  });
  template.hasResourceProperties(POLICY, {
    PolicyType: 'PredictiveScaling',
    PredictiveScalingConfiguration: {
      Mode: 'ForecastAndScale',
      MetricSpecifications: [{ TargetValue: 50, PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' } }],
    },
  });
  template.hasResourceProperties(POLICY, {
    PolicyType: 'StepScaling',
    StepAdjustments: [{ ScalingAdjustment: 25, MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 1 }, { ScalingAdjustment: 50 }],
  });
  template.hasResourceProperties(POLICY, {
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilizationHighResolution' },
    },
  });
});

test('the topic is notified of failed launches and refreshes', () => {
  const stack = new Stack(new App(), 'Shop');
  new ScalableStatelessInstances(stack, 'Search', { alarmTopic: new Topic(stack, 'Topic') });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { 'detail-type': ['EC2 Instance Launch Unsuccessful', 'EC2 Auto Scaling Instance Refresh Failed'] },
  });
});

test('a warm pool waits, stopped', () => {
  templateOf({ warmPool: { minSize: 1 } }).hasResourceProperties('AWS::AutoScaling::WarmPool', { MinSize: 1 });
});

test('instances in public subnets have a public address, and accept connections from the load balancer only', () => {
  const template = templateOf({ network: Network.public() });
  template.hasResourceProperties(LAUNCH_TEMPLATE, { LaunchTemplateData: { NetworkInterfaces: [{ AssociatePublicIpAddress: true }] } });
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
});

describe('instances in standard mode, which get down to their baseline without CPU credits', () => {
  const warningsOf = (props: ScalableStatelessInstancesProps): string[] =>
    Annotations.fromStack(Stack.of(instancesOf(props)))
      .findWarning('*', Match.stringLikeRegexp('without CPU credits'))
      .map(({ entry }) => String(entry.data));

  test('a CPU target at or above the baseline is warned of', () => {
    const [warning] = warningsOf({ instanceType: new InstanceType('t2.micro') });
    expect(warning).toContain('targetCpuUtilizationPercent is 50, and a t2.micro without CPU credits uses 10 % of its CPU at most');
  });

  test.each<[string, ScalableStatelessInstancesProps]>([
    ['a target below it', { instanceType: new InstanceType('t2.large'), targetCpuUtilizationPercent: 20 }],
    ['unlimited mode', { instanceType: new InstanceType('t3.micro') }],
    ['no policy on CPU', { instanceType: new InstanceType('t2.micro'), scaleOnCpu: false }],
    ['instances that are not burstable', {}],
  ])('%s is not', (_, props) => {
    expect(warningsOf(props)).toEqual([]);
  });
});

describe('a warm pool that is HIBERNATED', () => {
  const launched = (props: ScalableStatelessInstancesProps) => {
    const [resource] = Object.values(templateOf(props).findResources(LAUNCH_TEMPLATE));
    return resource!['Properties'].LaunchTemplateData;
  };
  const warmPool = { poolState: PoolState.HIBERNATED };

  test.each([
    ['c7i.large', [], 8 + 4],
    ['m7i.xlarge', [], 8 + 16],
    ['m7i.large', [new InstanceType('r7i.large')], 8 + 16],
  ])('of %s with %j has instances that can hibernate, and room for the memory of the largest', (type, additionalInstanceTypes, size) => {
    const data = launched({ instanceType: new InstanceType(type), additionalInstanceTypes, warmPool });
    expect(data.HibernationOptions).toEqual({ Configured: true });
    expect(data.BlockDeviceMappings).toEqual([
      { DeviceName: '/dev/xvda', Ebs: expect.objectContaining({ Encrypted: true, VolumeSize: size }) },
    ]);
  });

  test('that is stopped changes nothing in the launch template', () => {
    expect(launched({ warmPool: { minSize: 1 } })).toEqual(launched({}));
  });
});

describe('step scaling', () => {
  const STEPS = [
    { upper: 10, change: -2 },
    { lower: 10, upper: 20, change: -1 },
    { lower: 50, upper: 70, change: 1 },
    { lower: 70, change: 3 },
  ];

  test.each([
    ['changes in capacity', STEPS, undefined],
    ['percentages', STEPS, AdjustmentType.PERCENT_CHANGE_IN_CAPACITY],
    ['exact capacities', STEPS.map((step, index) => ({ ...step, change: 2 + index })), AdjustmentType.EXACT_CAPACITY],
    [
      'one direction',
      [
        { lower: 0, upper: 60, change: 0 },
        { lower: 60, change: 1 },
      ],
      undefined,
    ],
  ])('in %s has the resources and ids of scaleOnMetric', (_, scalingSteps, adjustmentType) => {
    const ours = instancesOf({ scaling: InstanceScaling.steps({ scalingSteps, adjustmentType }) });
    const theirs = instancesOf({ scaling: InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 90, scaleInCpuUtilizationPercent: 5 }) });
    theirs.autoScalingGroup.scaleOnMetric('CpuSteps', {
      metric: theirs.metricCpuUtilization({ period: Duration.minutes(1) }),
      scalingSteps,
      adjustmentType,
      evaluationPeriods: 2,
    });
    const stepsIn = (instances: ScalableStatelessInstances) =>
      Object.entries(Template.fromStack(Stack.of(instances)).toJSON()['Resources']).filter(([id]) => id.includes('CpuSteps'));
    expect(stepsIn(ours)).toEqual(stepsIn(theirs));
    expect(stepsIn(ours).length).toBeGreaterThan(1);
  });
});

describe('imported instances', () => {
  const stack = new Stack(new App(), 'Shop');
  const attributes = {
    autoScalingGroupName: 'search',
    url: 'https://shop.example.com',
    loadBalancerFullName: 'app/search/50dc6c495c0c9188',
    targetGroupFullName: 'targetgroup/search/73e2d6bc24d8a067',
  };
  const imported = ScalableStatelessInstances.fromScalableStatelessInstancesAttributes(stack, 'Search', attributes);

  test('have the metrics of their group and of their target group', () => {
    expect(imported.metricCpuUtilization()).toMatchObject({
      namespace: 'AWS/EC2',
      metricName: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: 'search' },
    });
    expect(imported.metricRequestsPerTask()).toMatchObject({
      metricName: 'RequestCountPerTarget',
      dimensions: { LoadBalancer: attributes.loadBalancerFullName, TargetGroup: attributes.targetGroupFullName },
    });
  });

  test('are the target of a load test in a VPC that is named', () => {
    const traffic = Traffic.users(1, Duration.minutes(1));
    expect(() => new LoadTest(stack, 'WithoutVpc', { target: imported, traffic })).toThrow('vpc must be given');
    new LoadTest(stack, 'Load', { target: imported, traffic, vpc: new Vpc(stack, 'Vpc') });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::TaskDefinition', 1);
  });

  test('get the permissions that are granted with their role, and none without it', () => {
    const other = new Stack(new App(), 'Grants');
    const role = new Role(other, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    for (const [id, more] of Object.entries({ WithRole: { role }, WithoutRole: {} })) {
      const { grantPrincipal: grantee } = ScalableStatelessInstances.fromScalableStatelessInstancesAttributes(other, id, {
        ...attributes,
        ...more,
      });
      Grant.addToPrincipal({ grantee: { grantPrincipal: grantee }, actions: ['s3:GetObject'], resourceArns: ['*'] });
    }
    Template.fromStack(other).resourceCountIs('AWS::IAM::Policy', 1);
  });
});
