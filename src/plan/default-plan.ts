/**
 * The defaults of `ScalableStatelessService`: the one home of each number.
 *
 * The construct renders them, its doc block states them, and a test compares both.
 */
export const DEFAULTS = {
  minCapacity: 2,
  maxCapacity: 6,
  targetCpuUtilizationPercent: 60,
  requestsPerSecondPerTask: 100,
  scaleOutCooldownSeconds: 120,
  scaleInCooldownSeconds: 300,
  cpu: 256,
  memoryLimitMiB: 512,
  containerPort: 8080,
  deregistrationDelaySeconds: 30,
  // leaves a task that serves until the load balancer lets go of it as long again to finish.
  stopTimeoutSeconds: 60,
  healthCheckGracePeriodSeconds: 60,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  internetFacing: true,
  vpcCidr: '10.0.0.0/16',
  availabilityZones: 2,
  flowLogs: true,
  redirectHttp: true,
  accessLogs: true,
  deletionProtection: false,
  dropInvalidHeaders: true,
  idleTimeoutSeconds: 60,
  readonlyRootFilesystem: true,
  initProcess: true,
  enableExecuteCommand: false,
  availabilityZoneRebalancing: true,
  rollbackOnAlarms: true,
  spotPercent: 0,
  bakeMinutes: 5,
  canary: { percent: 5, trialMinutes: 10 },
  linear: { stepPercent: 10, stepMinutes: 6 },
  acknowledgeFindings: true,
  alarms: true,
  serverErrorAlarmPercent: 1,
  latencyAlarmSeconds: 1,
  dashboard: true,
  scaleOnRequests: true,
  scaleOnCpu: true,
  responseTimeLeastRequestsPerSecond: 1,
  disableScaleIn: false,
  firewall: { requestsPerFiveMinutes: 2000 },
  hasCircuitBreaker: true,
  routingAlgorithm: 'round_robin',
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
 * What AWS assumes where a template is silent.
 *
 * Target group: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html.
 * Cooldowns of an ECS service: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html.
 * Idle timeout: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html.
 * Ephemeral storage on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html.
 * Grace period and percents of a deployment: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html.
 * Traffic shift: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentconfiguration.html.
 * Stop timeout on Fargate: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html.
 */
export const AWS_DEFAULTS = {
  bakeMinutes: 2160,
  canary: { percent: 5, minutes: 10 },
  linear: { percent: 10, minutes: 6 },
  cooldownSeconds: 300,
  stopTimeoutSeconds: 30,
  deregistrationDelaySeconds: 300,
  idleTimeoutSeconds: 60,
  ephemeralStorageGiB: 20,
  healthCheckGracePeriodSeconds: 0,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  routingAlgorithm: 'round_robin',
  slowStartSeconds: 0,
  stickinessSeconds: 86_400,
  healthCheck: {
    path: '/',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
  },
} as const;
