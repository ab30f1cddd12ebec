/**
 * The defaults of `ScalableStatelessService`.
 *
 * The construct renders them and its docstrings state them; test/documented-defaults.test.ts compares the two.
 */
export const DEFAULTS = {
  minCapacity: 2,
  maxCapacity: 6,
  // two tasks in two zones: each can serve the load of both.
  targetCpuUtilizationPercent: 50,
  requestsPerSecondPerTask: 100,
  scaleOutCooldownSeconds: 180,
  scaleInCooldownSeconds: 300,
  cpu: 256,
  memoryLimitMiB: 512,
  containerPort: 8080,
  deregistrationDelaySeconds: 30,
  // twice the deregistration delay: a task that serves until it is deregistered has the same time again to finish.
  stopTimeoutSeconds: 60,
  healthCheckGracePeriodSeconds: 60,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  internetFacing: true,
  vpcCidr: '10.0.0.0/16',
  maxAzs: 2,
  flowLogs: true,
  redirectHttp: true,
  accessLogs: true,
  accessLogDays: 365,
  deletionProtection: false,
  urlOutput: true,
  dropInvalidHeaderFields: true,
  idleTimeoutSeconds: 60,
  readonlyRootFilesystem: true,
  initProcessEnabled: true,
  enableExecuteCommand: false,
  availabilityZoneRebalancing: true,
  rollbackOnServiceAlarms: true,
  spotPercent: 0,
  bakeMinutes: 5,
  canary: { stepPercent: 5, stepMinutes: 10 },
  linear: { stepPercent: 10, stepMinutes: 6 },
  // of rule packs such as cdk-nag, each with the reason why it is accepted.
  acknowledgeFindings: true,
  alarms: true,
  serverErrorAlarmPercent: 1,
  responseTimeAlarmSeconds: 1,
  dashboard: true,
  scaleOnRequests: true,
  scaleOnCpu: true,
  scaleOutResponseTimeMinTotalRequestsPerSecond: 1,
  disableScaleIn: false,
  managedWebAcl: { requestsPerFiveMinutes: 2000 },
  circuitBreaker: true,
  loadBalancingAlgorithm: 'round_robin',
  slowStartSeconds: 0,
  healthCheck: {
    path: '/health',
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
  },
} as const;

/**
 * The defaults of AWS for properties that a template does not set.
 *
 * Target group: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html.
 * Cooldowns of an ECS service: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html.
 * Idle timeout: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html.
 * Ephemeral storage on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html.
 * Desired count, grace period and percents of a deployment: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html.
 * Traffic shift: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentconfiguration.html.
 * Health check of a container: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html.
 * Instance refresh: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html.
 * Warm pool: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html.
 * Managed scaling: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html.
 * Stop timeout on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html.
 */
export const AWS_DEFAULTS = {
  desiredCount: 1,
  bakeMinutes: 2160,
  canary: { stepPercent: 5, stepMinutes: 10 },
  linear: { stepPercent: 10, stepMinutes: 6 },
  cooldownSeconds: 300,
  stopTimeoutSeconds: 30,
  deregistrationDelaySeconds: 300,
  idleTimeoutSeconds: 60,
  containerHealthCheck: { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 0 },
  ephemeralStorageGiB: 20,
  healthCheckGracePeriodSeconds: 0,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  loadBalancingAlgorithm: 'round_robin',
  slowStartSeconds: 0,
  refreshMinHealthyPercent: 90,
  refreshMaxHealthyPercent: 100,
  checkpointDelaySeconds: 3600,
  warmPoolMinSize: 0,
  targetCapacityPercent: 100,
  minScalingStep: 1,
  maxScalingStep: 10_000,
  instanceWarmupSeconds: 300,
  stickinessSeconds: 86_400,
  healthCheck: {
    path: '/',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
  },
} as const;
