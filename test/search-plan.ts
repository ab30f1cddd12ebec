import { DEFAULT_INFRASTRUCTURE } from '../src/plan/infrastructure';
import { scalingPolicy } from '../src/plan/policy';
import type { Plan } from '../src/plan/service-plan';
import type { TargetTracking } from '../src/plan/target-tracking';

/** A target-tracking policy on CPU with the cooldowns that AWS assumes. */
export function cpuTarget(targetValue: number, changes: Partial<TargetTracking> = {}): TargetTracking {
  return {
    name: 'Cpu',
    metric: 'ECSServiceAverageCPUUtilization',
    targetValue,
    scaleOutCooldownSeconds: 300,
    scaleInCooldownSeconds: 300,
    disableScaleIn: false,
    ...changes,
  };
}

/** A target-tracking policy on requests, in the unit of its metric: per minute. */
export function requestTarget(requestsPerMinute: number): TargetTracking {
  return cpuTarget(requestsPerMinute, { name: 'Requests', metric: 'ALBRequestCountPerTarget' });
}

/** The plan of the measured search service: 0.25 vCPU, health checks every 30 seconds. */
export function searchPlan(minCapacity: number, maxCapacity: number, targetTracking: readonly TargetTracking[]): Plan {
  return {
    service: 'Search',
    policy: scalingPolicy({ minCapacity, maxCapacity, targetTracking }),
    task: { cpu: 256, memoryMiB: 512 },
    container: { port: 8080, environment: {}, stopTimeoutSeconds: 30 },
    healthCheck: { path: '/health', intervalSeconds: 30, timeoutSeconds: 5, healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
    deregistrationDelaySeconds: 30,
    infrastructure: DEFAULT_INFRASTRUCTURE,
    routing: { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false },
    deployment: { minHealthyPercent: 100, maxHealthyPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 60 },
    zoneCount: 2,
  };
}
