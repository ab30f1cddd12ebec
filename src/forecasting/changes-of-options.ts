import type { PlanChanges as Changes } from '../plan/plan-changes';
import { inSeconds } from './duration-in-seconds';
import type { PlanChanges } from './plan-changes';

/** Changes as a plan takes them. */
export function changesOf(options: PlanChanges): Changes {
  const { scaleOutCooldown, scaleInCooldown, availabilityZones } = options;
  return {
    minCapacity: options.minCapacity,
    maxCapacity: options.maxCapacity,
    targetCpuUtilizationPercent: options.targetCpuUtilizationPercent,
    requestsPerSecondPerTask: options.requestsPerSecondPerTask,
    scaleOutCooldownSeconds: scaleOutCooldown && inSeconds(scaleOutCooldown),
    scaleInCooldownSeconds: scaleInCooldown && inSeconds(scaleInCooldown),
    cpu: options.cpu,
    memoryMiB: options.memoryLimitMiB,
    zoneCount: availabilityZones,
    infrastructure: infrastructureOf(options),
  };
}

function infrastructureOf({ natGateways, interfaceEndpoints, arm, spotPercent }: PlanChanges): Changes['infrastructure'] {
  return {
    ...(natGateways === undefined ? {} : { natGateways }),
    ...(interfaceEndpoints === undefined ? {} : { interfaceEndpoints }),
    ...(arm === undefined ? {} : { architecture: arm ? 'ARM64' : 'X86_64' }),
    ...(spotPercent === undefined ? {} : { spotShare: spotPercent / 100 }),
  };
}
