import { capacityMistakes } from '../../plan/policy';
import { cooldownMistakes, cpuTargetMistakes, requestTargetMistakes } from '../../plan/target-tracking';
import { taskSizeMistakes } from '../../plan/task-size';

/** The props that a search turns. */
export interface Settings {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly targetCpuUtilizationPercent: number;
  readonly requestsPerSecondPerTask: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

/** What the construct would refuse of them, by its own rules. */
export function settingsMistakes(settings: Settings): string[] {
  return [
    ...taskSizeMistakes(settings),
    ...capacityMistakes(settings.minCapacity, settings.maxCapacity),
    ...cpuTargetMistakes(settings.targetCpuUtilizationPercent),
    ...requestTargetMistakes(settings.requestsPerSecondPerTask),
    ...cooldownMistakes('scaleOutCooldown', settings.scaleOutCooldownSeconds),
    ...cooldownMistakes('scaleInCooldown', settings.scaleInCooldownSeconds),
  ];
}

/** Settings that are the same have the same name. */
export function nameOf(settings: Settings): string {
  return Object.values(settings).join(' ');
}
