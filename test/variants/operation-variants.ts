import type { Stack } from 'aws-cdk-lib';
import { ENV, https, type Library, ownImage, type Variant, variant } from './variant';

/** Every deployment strategy, way to scale, and way to observe. */
export const OPERATION_VARIANTS: readonly Variant[] = [
  variant(
    'blue/green, with hooks and test traffic',
    (stack, library) => {
      const { aws_ec2: ec2, aws_ecs: ecs, aws_lambda: lambda, Duration } = library.cdk;
      const handler = lambda.Function.fromFunctionAttributes(stack, 'Check', {
        functionArn: `arn:aws:lambda:${ENV.region}:${ENV.account}:function:check`,
        sameEnvironment: true,
      });
      const stages = { lifecycleStages: [ecs.DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT] };
      return {
        ...https(stack, library),
        deployment: library.ours.Deployment.blueGreen({
          bakeTime: Duration.minutes(10),
          testTraffic: { port: 9443, allowFrom: [ec2.Peer.ipv4('10.0.0.0/8')] },
        }),
        lifecycleHooks: [
          new ecs.DeploymentLifecycleLambdaTarget(handler, 'Test', stages),
          new library.ours.PreProductionTrafficShiftHook(handler, 'Shift'),
        ],
      };
    },
    { isOf2026: true },
  ),
  variant(
    'canary, with an approval',
    (stack, library) => ({
      ...https(stack, library),
      deployment: library.ours.Deployment.canary({ stepPercent: 10, approval: { timeout: library.cdk.Duration.hours(2) } }),
    }),
    { isOf2026: true },
  ),
  variant('linear', (stack, library) => ({ ...https(stack, library), deployment: library.ours.Deployment.linear({ stepPercent: 25 }) })),
  variant(
    'rolling, with thresholds and early success',
    (stack, library) => ({
      ...https(stack, library),
      deployment: library.ours.Deployment.rolling({
        circuitBreakerThreshold: library.ours.CircuitBreakerThreshold.boundedPercent(25),
        resetOnHealthyTask: false,
        earlySuccessHealthyPercent: 100,
        deferCleanup: true,
      }),
      serviceName: 'shop',
      circuitBreaker: true,
      minHealthyPercent: 50,
      maxHealthyPercent: 150,
      availabilityZoneRebalancing: false,
      healthCheckGracePeriod: library.cdk.Duration.seconds(120),
    }),
    { isOf2026: true },
  ),
  variant('rollback on alarms of the caller only', (stack, { cdk, ours }) => ({
    ...https(stack, { cdk, ours }),
    rollbackOnServiceAlarms: false,
    rollbackAlarms: [
      cdk.aws_cloudwatch.Alarm.fromAlarmArn(stack, 'Orders', `arn:aws:cloudwatch:${ENV.region}:${ENV.account}:alarm:orders`),
    ],
  })),
  variant(
    'tasks on instances',
    (stack, library) => ({
      ...https(stack, library),
      capacity: library.ours.Capacity.instances({
        instanceType: new library.cdk.aws_ec2.InstanceType('m7g.large'),
        minInstances: 2,
        targetCapacityPercent: 90,
        instanceWarmupPeriod: library.cdk.Duration.minutes(2),
      }),
    }),
    { isOf2026: true },
  ),
  variant('tasks on Managed Instances', (stack, library) => ({
    ...https(stack, library),
    network: library.ours.Network.privateWithNat(),
    capacity: library.ours.Capacity.managedInstances({ maxVcpus: 4 }),
  })),
  variant(
    'mostly Fargate Spot, with a known server',
    (stack, library) => ({
      ...https(stack, library),
      spotPercent: 80,
      onDemandBase: 2,
      serverProfile: library.ours.ServerProfile.uvicorn(),
    }),
    { chosenFindings: ['ECS2'] },
  ),
  variant('all ways to scale', (stack, library) => {
    const { aws_applicationautoscaling: autoscaling, Duration } = library.cdk;
    return {
      ...https(stack, library),
      minCapacity: 4,
      maxCapacity: 40,
      requestsPerSecondPerTask: 50,
      targetCpuUtilizationPercent: 50,
      targetMemoryUtilizationPercent: 75,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.seconds(600),
      scaleOutResponseTimeThreshold: Duration.millis(500),
      scaleOutResponseTimeMinTotalRequestsPerSecond: 5,
      disableScaleIn: true,
      predictiveScaling: library.ours.PredictiveScaling.FORECAST_AND_SCALE,
      schedules: [{ name: 'morning', schedule: autoscaling.Schedule.cron({ hour: '7', minute: '0' }), minCapacity: 8 }],
    };
  }),
  variant('requests alone', (stack, library) => ({ ...https(stack, library), scaleOnCpu: false, scaleOnRequests: true })),
  variant(
    'high-resolution metrics',
    (stack, library) => ({ ...https(stack, library), highResolutionMetrics: library.ours.HighResolutionMetrics.PUBLISH_ONLY }),
    { isOf2026: true },
  ),
  variant(
    'alarms with a topic, a warm-up and mute rules',
    (stack, library) => ({
      ...https(stack, library),
      ...topicIn(stack, library),
      alarms: true,
      serverErrorAlarmPercent: 2,
      responseTimeAlarmThreshold: library.cdk.Duration.millis(500),
      alarmWarmUp: library.cdk.Duration.minutes(15),
      alarmMuteRules: [library.ours.AlarmMuteRule.cron('0 2 * * SUN', library.cdk.Duration.hours(2), 'Europe/Berlin')],
    }),
    { isOf2026: true },
  ),
  variant(
    'moved from a pattern of the CDK',
    (stack, library) => ({
      movedFrom: library.ours.MovedFrom.applicationLoadBalancedFargateService({
        taskImageOptions: ownImage(library),
        ...https(stack, library),
      }),
    }),
    { chosenFindings: ['EC23', 'ECS4', 'VPC7'] },
  ),
  variant('neither dashboard nor alarms', (stack, library) => ({
    ...https(stack, library),
    alarms: false,
    rollbackOnServiceAlarms: false,
    dashboard: false,
  })),
  variant(
    'no Container Insights',
    (stack, library) => ({ ...https(stack, library), containerInsights: library.cdk.aws_ecs.ContainerInsights.DISABLED }),
    { chosenFindings: ['ECS4'] },
  ),
  variant('logs of a week with a key of the caller, which go with the stack', (stack, library) => ({
    ...https(stack, library),
    logRetention: library.cdk.aws_logs.RetentionDays.ONE_WEEK,
    logEncryptionKey: library.cdk.aws_kms.Key.fromKeyArn(
      stack,
      'Key',
      `arn:aws:kms:${ENV.region}:${ENV.account}:key/12345678-1234-1234-1234-123456789012`,
    ),
    logRemovalPolicy: library.cdk.RemovalPolicy.DESTROY,
  })),
  variant('findings that are not accepted', (stack, library) => ({ ...https(stack, library), acknowledgeFindings: false }), {
    chosenFindings: ['EC23', 'IAM5[Resource::*]'],
  }),
];

function topicIn(stack: Stack, { cdk }: Library) {
  return {
    alarmTopic: new cdk.aws_sns.Topic(stack, 'Topic', {
      enforceSSL: true,
      masterKey: new cdk.aws_kms.Key(stack, 'TopicKey', { enableKeyRotation: true }),
    }),
  };
}
