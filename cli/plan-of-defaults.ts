import { DEFAULTS } from '../src/plan/default-plan';
import { PLAIN_INFRASTRUCTURE } from '../src/plan/infrastructure';
import type { Plan } from '../src/plan/plan';
import { scalingPolicy } from '../src/plan/policy';
import { requestCountTarget, type TargetTracking } from '../src/plan/target-tracking';

/** The plan of a `ScalableStatelessService` without props. */
export function planOfDefaults(service: string): Plan {
  return {
    service,
    policy: scalingPolicy({
      minCapacity: DEFAULTS.minCapacity,
      maxCapacity: DEFAULTS.maxCapacity,
      targetTracking: [
        target('Requests', 'ALBRequestCountPerTarget', requestCountTarget(DEFAULTS.requestsPerSecondPerTask)),
        target('Cpu', 'ECSServiceAverageCPUUtilization', DEFAULTS.targetCpuUtilizationPercent),
      ],
    }),
    task: { cpu: DEFAULTS.cpu, memoryMiB: DEFAULTS.memoryLimitMiB },
    container: { port: DEFAULTS.containerPort, environment: {}, stopTimeoutSeconds: DEFAULTS.stopTimeoutSeconds },
    healthCheck: DEFAULTS.healthCheck,
    deregistrationDelaySeconds: DEFAULTS.deregistrationDelaySeconds,
    infrastructure: PLAIN_INFRASTRUCTURE,
    routing: { algorithm: DEFAULTS.routingAlgorithm, slowStartSeconds: DEFAULTS.slowStartSeconds, mitigatesAnomalies: false },
    deployment: {
      minimumHealthyPercent: DEFAULTS.minHealthyPercent,
      maximumPercent: DEFAULTS.maxHealthyPercent,
      hasCircuitBreaker: DEFAULTS.hasCircuitBreaker,
      rebalancesZones: DEFAULTS.availabilityZoneRebalancing,
      healthCheckGracePeriodSeconds: DEFAULTS.healthCheckGracePeriodSeconds,
    },
    zoneCount: DEFAULTS.availabilityZones,
  };
}

function target(name: string, metric: TargetTracking['metric'], targetValue: number): TargetTracking {
  const { scaleOutCooldownSeconds, scaleInCooldownSeconds } = DEFAULTS;
  return { name, metric, targetValue, scaleOutCooldownSeconds, scaleInCooldownSeconds, disableScaleIn: false };
}
