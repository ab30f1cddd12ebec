import { field, items } from '../../plan/template/template-value';
import { runsOnFargate, TASK_DEFINITION } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** On Fargate, ECS writes the log and reads the secrets with the execution role. */
export const executionRole: Check = {
  id: 'execution-role',
  severity: 'error',
  finds: 'a task for AWS Fargate with an awslogs driver or with secrets, and without an execution role',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      if (runsOnFargate({ taskDefinition }) !== true || taskDefinition.properties['ExecutionRoleArn'] !== undefined) return [];
      const containers = items(taskDefinition.properties['ContainerDefinitions']);
      const needs = containers.flatMap((container) => [
        ...(textOf(field(field(container, 'LogConfiguration'), 'LogDriver')) === 'awslogs' ? ['an awslogs driver'] : []),
        ...(items(field(container, 'Secrets')).length > 0 ? ['secrets'] : []),
      ]);
      if (needs.length === 0) return [];
      const fix = 'write ExecutionRoleArn: a role that ecs-tasks.amazonaws.com assumes, with AmazonECSTaskExecutionRolePolicy';
      return [problem(taskDefinition, 'ExecutionRoleArn', `there is no execution role for ${needs[0]}`, fix)];
    }),
};
