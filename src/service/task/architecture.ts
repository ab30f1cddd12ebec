import { CpuArchitecture, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { TaskProps } from './task-props';

/** The CPU architecture of the tasks. For an image of the caller the default is X86_64, which most images are built for. */
export function architectureOf({ cpuArchitecture: architecture, image, taskDefinition }: TaskProps): CpuArchitecture {
  if (taskDefinition !== undefined) return architectureOfDefinition(taskDefinition);
  return architecture ?? (image === undefined ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64);
}

/** A task definition does not publish its platform. */
function architectureOfDefinition(taskDefinition: FargateTaskDefinition): CpuArchitecture {
  const { runtimePlatform } = taskDefinition as unknown as { runtimePlatform?: { cpuArchitecture?: CpuArchitecture } };
  return runtimePlatform?.cpuArchitecture ?? CpuArchitecture.X86_64;
}
