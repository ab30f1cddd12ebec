import { formatError } from '../../parse/validation-error';
import { taskSizeErrors } from '../../plan/task-size';
import { runsOnFargate, TASK_DEFINITION, taskCpuUnits, taskMemoryMiB } from '../template/ecs-service';
import { type Check, problem } from './check';

/** AWS Fargate has certain sizes of tasks. */
export const taskSize: Check = {
  id: 'task-size',
  severity: 'error',
  finds: 'a task for AWS Fargate whose CPU and memory are no size of Fargate',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const [cpu, memoryMiB] = [taskCpuUnits(taskDefinition), taskMemoryMiB(taskDefinition)];
      if (runsOnFargate({ taskDefinition }) !== true || cpu === undefined || memoryMiB === undefined) return [];
      const fix =
        'write a Cpu and a Memory of one row of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html';
      return taskSizeErrors({ cpu, memoryMiB }).map((error) => problem(taskDefinition, 'Memory', formatError(error), fix));
    }),
};
