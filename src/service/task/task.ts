import type { ContainerDefinition, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { createLogGroup } from '../observability/log-group';
import type { ObservabilityProps } from '../observability/observability-props';
import type { ServicePlan } from '../plan-of-props';
import type { RulePackProps } from '../rule-packs/rule-pack-props';
import { addSidecars, createContainer } from './container';
import { ExecutionRole } from './execution-role';
import { createTaskDefinition } from './task-definition';
import type { TaskProps } from './task-props';

/** What runs, as whom, and where its log goes. */
export interface Task {
  readonly logGroup: LogGroup;
  readonly executionRole: Role;
  readonly taskRole: Role;
  readonly taskDefinition: FargateTaskDefinition;

  /** The container that serves the requests. */
  readonly container: ContainerDefinition;

  /** With those that stand beside it. */
  readonly containers: readonly ContainerDefinition[];
}

/** A task, and all that it needs. The code in it may do nothing until something is granted to it. */
export function createTask(scope: Construct, plan: ServicePlan, props: TaskProps & ObservabilityProps & RulePackProps): Task {
  const logGroup = createLogGroup(scope, 'LogGroup', props);
  const executionRole = new ExecutionRole(scope, 'ExecutionRole', props);
  const taskRole = new Role(scope, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  const taskDefinition = createTaskDefinition(scope, { executionRole, taskRole }, plan, props);
  const container = createContainer(taskDefinition, logGroup, plan, props);
  const containers = [container, ...addSidecars(taskDefinition, logGroup, props)];
  return { logGroup, executionRole, taskRole, taskDefinition, container, containers };
}
