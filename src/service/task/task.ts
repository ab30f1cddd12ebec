import { type ContainerDefinition, FargateTaskDefinition, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../accepted-findings';
import type { DiscoveryProps } from '../deployment/discovery-props';
import { taskDefinitionIdOf } from '../moving/kept-ids';
import type { MovingProps } from '../moving/moving-props';
import { patternOf } from '../moving/pattern-facts';
import { servicesOfContainers } from '../network/called-services';
import type { ServiceNetwork } from '../network/service-network';
import { createLogGroup } from '../observability/log-group';
import type { ObservabilityProps } from '../observability/observability-props';
import type { PlanFromProps } from '../plan-from-props';
import type { TargetGroupProps } from '../target-group/target-group-props';
import { architectureOf } from './architecture';
import { allowEnvironmentFiles } from './environment-files';
import { ExecutionRole } from './execution-role';
import { containersOf, servingContainerOf } from './existing-task-definition';
import { allowPull } from './image-registry';
import { usesLogRouter } from './log-router';
import { acceptOwnVariables } from './own-variables';
import { createContainer } from './serving-container';
import { addSidecars } from './sidecars';
import type { TaskProps } from './task-props';
import { TaskRole } from './task-role';

/** The task definition, its roles, its containers and its log group. */
export interface Task {
  /** Undefined where nothing that was created here writes to it. */
  readonly logGroup?: LogGroup;
  readonly executionRole: IRole;
  readonly taskRole: IRole;
  readonly taskDefinition: FargateTaskDefinition;

  /** The container that serves the requests. */
  readonly container: ContainerDefinition;

  /** The container and the sidecars. */
  readonly containers: readonly ContainerDefinition[];
}

/** The props that a task depends on. */
type Props = TaskProps & ObservabilityProps & RulePackProps & DiscoveryProps & TargetGroupProps & MovingProps;

type Network = Pick<ServiceNetwork, 'endpoints'>;

/** The task of the task definition of the props, or a new one. */
export function taskOf(scope: Construct, network: Network, plan: PlanFromProps, props: Props): Task {
  const task = props.taskDefinition === undefined ? createTask(scope, network, plan, props) : existingTask(props.taskDefinition, props);
  network.endpoints?.require(...servicesOfContainers(task.containers));
  return task;
}

/** Creates the task definition, its roles and its log group. The task role has no permissions until something is granted to it. */
function createTask(scope: Construct, { endpoints }: Network, plan: PlanFromProps, props: Props): Task {
  const logGroup = needsLogGroup(props) ? createLogGroup(scope, 'LogGroup', props) : undefined;
  const executionRole = props.executionRole ?? new ExecutionRole(scope, 'ExecutionRole', props, endpoints);
  const taskDefinition = createTaskDefinition(scope, { executionRole, taskRole: taskRoleOf(scope, props) }, plan, props);
  const { taskRole } = taskDefinition;
  const container = createContainer(taskDefinition, logGroup, plan, props);
  const containers = [container, ...addSidecars(taskDefinition, container, logGroup, props)];
  allowPull(containers, executionRole);
  allowEnvironmentFiles(containers, executionRole);
  acceptOwnVariables(taskDefinition, props);
  return { logGroup, executionRole, taskRole, taskDefinition, container, containers };
}

function existingTask(taskDefinition: FargateTaskDefinition, { containerPort }: Props): Task {
  const executionRole = taskDefinition.obtainExecutionRole();
  const containers = containersOf(taskDefinition);
  allowEnvironmentFiles(containers, executionRole);
  return {
    executionRole,
    taskRole: taskDefinition.taskRole,
    taskDefinition,
    container: servingContainerOf(taskDefinition, containerPort)!,
    containers,
  };
}

/** The task role; undefined where a pattern has it below the task definition, in which the CDK then creates it. */
function taskRoleOf(scope: Construct, props: Props): IRole | undefined {
  if (props.taskRole !== undefined || patternOf(props) !== undefined) return props.taskRole;
  return new TaskRole(scope, 'TaskRole', props);
}

/** Whether a container that is created here writes to the log group. */
function needsLogGroup(props: Props): boolean {
  const hasSidecars = Object.keys(props.sidecars ?? {}).length > 0 || props.tracing !== undefined;
  return props.logDriver === undefined || hasSidecars || usesLogRouter(props);
}

/** The roles of a task: the execution role for ECS, the task role for the code. */
interface TaskRoles {
  readonly executionRole: IRole;
  readonly taskRole: IRole | undefined;
}

function createTaskDefinition(scope: Construct, roles: TaskRoles, { task }: PlanFromProps, props: Props): FargateTaskDefinition {
  return new FargateTaskDefinition(scope, taskDefinitionIdOf(props), {
    ...roles,
    family: patternOf(props)?.taskImageOptions?.family,
    cpu: task.cpu,
    memoryLimitMiB: task.memoryMiB,
    ephemeralStorageGiB: props.ephemeralStorageGiB,
    runtimePlatform: { cpuArchitecture: architectureOf(props), operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
}
