import { CpuArchitecture, FargateTaskDefinition, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServicePlan } from '../plan-of-props';
import type { TaskProps } from './task-props';

/** Who a task is: to ECS while it starts it, and to AWS while it runs. */
export interface TaskRoles {
  readonly executionRole: Role;
  readonly taskRole: Role;
}

/** The size of a task, and the processor that its image is built for. */
export function createTaskDefinition(scope: Construct, roles: TaskRoles, { task }: ServicePlan, props: TaskProps): FargateTaskDefinition {
  return new FargateTaskDefinition(scope, 'TaskDefinition', {
    ...roles,
    cpu: task.cpu,
    memoryLimitMiB: task.memoryMiB,
    ephemeralStorageGiB: props.ephemeralStorageGiB,
    runtimePlatform: { cpuArchitecture: architectureOf(props), operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
}

/** The processor that the tasks run on. An image of the caller's can only be known to run on the one that most are built for. */
export function architectureOf({ architecture, image }: TaskProps): CpuArchitecture {
  return architecture ?? (image === undefined ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64);
}
