import { Duration } from 'aws-cdk-lib';
import {
  type ContainerDefinition,
  type ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ServicePlan } from '../plan-of-props';

/** Who a task is: to ECS while it starts it, and to AWS while it runs. */
export interface TaskRoles {
  readonly executionRole: Role;
  readonly taskRole: Role;
}

/** A role for ECS or for the code in the task. Neither is given anything here: pulling and logging are granted by what needs them. */
export function createTaskRole(scope: Construct, id: 'ExecutionRole' | 'TaskRole'): Role {
  return new Role(scope, id, { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
}

/** The size of a task, and the processor that its image is built for. */
export function createTaskDefinition(scope: Construct, roles: TaskRoles, { task }: ServicePlan): FargateTaskDefinition {
  return new FargateTaskDefinition(scope, 'TaskDefinition', {
    ...roles,
    cpu: task.cpu,
    memoryLimitMiB: task.memoryMiB,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.X86_64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
}

/** The container that serves the requests. */
export function createContainer(
  taskDefinition: FargateTaskDefinition,
  image: ContainerImage,
  logGroup: ILogGroup,
  { container }: ServicePlan,
): ContainerDefinition {
  return taskDefinition.addContainer('Container', {
    containerName: 'web',
    image,
    portMappings: [{ containerPort: container.port }],
    environment: { ...container.environment },
    stopTimeout: Duration.seconds(container.stopTimeoutSeconds),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'task' }),
  });
}
