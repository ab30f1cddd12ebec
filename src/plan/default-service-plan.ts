import type { RollbackAlarms } from './alarm-rollback';
import { DEFAULTS } from './default-plan';
import { DEFAULT_INFRASTRUCTURE } from './infrastructure';
import { scalingPolicy } from './policy';
import type { Plan } from './service-plan';
import { requestCountTarget, type TargetTracking } from './target-tracking';

const COOLDOWNS: Pick<TargetTracking, 'scaleOutCooldownSeconds' | 'scaleInCooldownSeconds' | 'disableScaleIn'> = {
  scaleOutCooldownSeconds: DEFAULTS.scaleOutCooldownSeconds,
  scaleInCooldownSeconds: DEFAULTS.scaleInCooldownSeconds,
  disableScaleIn: DEFAULTS.disableScaleIn,
};

/** The target-tracking policies of a service without props. */
export const DEFAULT_TARGETS = {
  requests: {
    name: 'Requests',
    metric: 'ALBRequestCountPerTarget',
    targetValue: requestCountTarget(DEFAULTS.requestsPerSecondPerTask),
    ...COOLDOWNS,
  },
  cpu: { name: 'Cpu', metric: 'ECSServiceAverageCPUUtilization', targetValue: DEFAULTS.targetCpuUtilizationPercent, ...COOLDOWNS },
} as const satisfies Readonly<Record<string, TargetTracking>>;

/** The alarms of a service without props that roll a deployment back. Errors of the tasks themselves are not simulated. */
const DEFAULT_ROLLBACK_ALARMS: RollbackAlarms = {
  watched: [
    {
      alarmName: 'SlowResponses',
      metric: 'TargetResponseTime',
      statistic: 'p95',
      alarm: {
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        threshold: DEFAULTS.responseTimeAlarmSeconds,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
        treatMissingData: 'notBreaching',
        periodSeconds: 60,
      },
    },
  ],
  notSimulated: ['ServerErrors'],
  evaluationSeconds: 180,
  rollsBack: true,
};

/** The plan of a `ScalableStatelessService` without props. The construct overrides it with its props, the command with `--set`. */
export const DEFAULT_PLAN: Plan = {
  service: 'Service',
  policy: scalingPolicy({
    minCapacity: DEFAULTS.minCapacity,
    maxCapacity: DEFAULTS.maxCapacity,
    targetTracking: [DEFAULT_TARGETS.requests, DEFAULT_TARGETS.cpu],
  }),
  task: { cpu: DEFAULTS.cpu, memoryMiB: DEFAULTS.memoryLimitMiB },
  container: { port: DEFAULTS.containerPort, environment: {}, stopTimeoutSeconds: DEFAULTS.stopTimeoutSeconds },
  healthCheck: DEFAULTS.healthCheck,
  deregistrationDelaySeconds: DEFAULTS.deregistrationDelaySeconds,
  infrastructure: DEFAULT_INFRASTRUCTURE,
  routing: { algorithm: DEFAULTS.loadBalancingAlgorithm, slowStartSeconds: DEFAULTS.slowStartSeconds, enableAnomalyMitigation: false },
  deployment: {
    minHealthyPercent: DEFAULTS.minHealthyPercent,
    maxHealthyPercent: DEFAULTS.maxHealthyPercent,
    hasCircuitBreaker: DEFAULTS.circuitBreaker,
    rebalancesZones: DEFAULTS.availabilityZoneRebalancing,
    healthCheckGracePeriodSeconds: DEFAULTS.healthCheckGracePeriodSeconds,
    rollbackAlarms: DEFAULT_ROLLBACK_ALARMS,
  },
  zoneCount: DEFAULTS.maxAzs,
};
