import type { Stack } from 'aws-cdk-lib';
import type { ScalableStatelessInstancesProps } from '../../src';
import { existingVpc, https, type Library, ownImage, type Variant, variant } from './variant';

function instances(
  title: string,
  props: (stack: Stack, library: Library) => ScalableStatelessInstancesProps,
  more: Omit<Variant, 'title' | 'props' | 'isOfInstances'> = {},
): Variant {
  return variant(`instances, ${title}`, (stack, library) => ({ ...https(stack, library), ...props(stack, library) }), {
    ...more,
    isOfInstances: true,
  });
}

/** What to do is in the warning, and the caller has done it. */
function warned(stack: Stack, { cdk }: Library): object {
  cdk.Annotations.of(stack).acknowledgeWarning('cdk-scalable-stateless-service:metricCategory');
  return {};
}

/** Every way to run a task on an instance, to scale a group, and to replace its instances. */
export const INSTANCES_VARIANTS: readonly Variant[] = [
  instances('the defaults', () => ({}), { isOf2026: true }),
  instances(
    'a container with settings of its own, in a VPC with NAT gateways',
    (stack, library) => ({
      ...ownImage(library),
      network: library.ours.Network.privateWithNat(1),
      containerPort: 3000,
      healthCheck: { path: '/ready', port: '9090' },
      command: ['--verbose', 'two words'],
      entryPoint: ['/bin/shop', 'serve'],
      workingDirectory: '/srv',
      environment: { LOG_LEVEL: "it's quiet" },
      readonlyRootFilesystem: false,
      writableDirectories: ['/tmp'],
      user: 'node',
      dropCapabilities: true,
      initProcessEnabled: false,
      stopTimeout: library.cdk.Duration.seconds(30),
      setUpCommands: ['echo ready'],
      blockDevices: [{ deviceName: '/dev/xvda', volume: library.cdk.aws_ec2.BlockDeviceVolume.ebs(20, { encrypted: true }) }],
      machineImage: library.cdk.aws_ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
      keyPair: library.cdk.aws_ec2.KeyPair.fromKeyPairName(stack, 'Key', 'shop'),
    }),
    { isOf2026: true },
  ),
  instances(
    'a program, with simple scaling',
    (_, library) => ({
      program: '/opt/shop/bin/server --port 8080',
      instanceType: new library.cdk.aws_ec2.InstanceType('t3.micro'),
      maxCapacity: 4,
      scaling: library.ours.InstanceScaling.simple({
        scaleOutCpuUtilizationPercent: 20,
        scaleInCpuUtilizationPercent: 10,
        cooldown: library.cdk.Duration.minutes(2),
      }),
      detailedMonitoring: false,
      ssmSessionPermissions: false,
    }),
    { isOf2026: true },
  ),
  instances(
    'Spot Instances of several types',
    (_, { cdk }) => ({
      cpuArchitecture: cdk.aws_ecs.CpuArchitecture.ARM64,
      instanceType: new cdk.aws_ec2.InstanceType('m7g.large'),
      additionalInstanceTypes: [new cdk.aws_ec2.InstanceType('m6g.large'), new cdk.aws_ec2.InstanceType('c7g.large')],
      spotPercent: 50,
      onDemandBase: 1,
      minHealthyPercent: 90,
      maxHealthyPercent: 120,
    }),
    { isOf2026: true },
  ),
  instances(
    'step scaling, schedules, a response time, and a warm pool in an existing VPC',
    (stack, library) => ({
      ...existingVpc(stack, library),
      ...ownImage(library),
      scaling: library.ours.InstanceScaling.steps({
        scalingSteps: [
          { upper: 20, change: -1 },
          { lower: 50, change: 1 },
          { lower: 80, change: 3 },
        ],
      }),
      schedules: [
        {
          name: 'morning',
          schedule: library.cdk.aws_applicationautoscaling.Schedule.cron({ hour: '6', minute: '0', weekDay: 'MON-FRI' }),
          timeZone: library.cdk.TimeZone.EUROPE_BERLIN,
          minCapacity: 4,
        },
      ],
      scaleOutResponseTimeThreshold: library.cdk.Duration.seconds(1),
      warmPool: { minSize: 1, reuseOnScaleIn: true },
      launchTimeout: library.cdk.Duration.minutes(10),
    }),
    { isOf2026: true },
  ),
  instances(
    'alarms with a topic, predictive scaling, and a refresh with checkpoints',
    (stack, { cdk, ours }) => ({
      alarmTopic: new cdk.aws_sns.Topic(stack, 'Topic', {
        enforceSSL: true,
        masterKey: new cdk.aws_kms.Key(stack, 'TopicKey', { enableKeyRotation: true }),
      }),
      predictiveScaling: ours.PredictiveScaling.FORECAST_ONLY,
      instanceRefresh: { checkpointPercentages: [25, 75], checkpointDelay: cdk.Duration.minutes(10), bakeTime: cdk.Duration.minutes(15) },
      rollbackAlarms: [cdk.aws_cloudwatch.Alarm.fromAlarmArn(stack, 'Orders', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders')],
      rollbackOnServiceAlarms: false,
      defaultInstanceWarmup: cdk.Duration.seconds(120),
      healthCheckGracePeriod: cdk.Duration.seconds(120),
      role: cdk.aws_iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/shop', { mutable: false }),
    }),
    { isOf2026: true },
  ),
  instances(
    'high-resolution metrics, in public subnets',
    (stack, library) => ({
      ...warned(stack, library),
      ...ownImage(library),
      network: library.ours.Network.public(),
      highResolutionMetrics: library.ours.HighResolutionMetrics.PUBLISH_AND_SCALE,
      targetCpuUtilizationPercent: 40,
    }),
    { isOf2026: true },
  ),
];
