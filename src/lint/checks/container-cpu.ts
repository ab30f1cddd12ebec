import { field, items } from '../../plan/template/template-value';
import { TASK_DEFINITION, taskCpuUnits } from '../template/ecs-service';
import { numberOf } from '../template/values';
import { type Check, problem } from './check';

/** The CPU of a task is shared by its containers. */
export const containerCpu: Check = {
  id: 'container-cpu',
  severity: 'error',
  finds: 'containers with more CPU units together than their task',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const units = taskCpuUnits(taskDefinition);
      const containers = items(taskDefinition.properties['ContainerDefinitions']);
      const total = containers.reduce((sum: number, container) => sum + (numberOf(field(container, 'Cpu')) ?? 0), 0);
      if (units === undefined || total <= units) return [];
      const reason = `the containers have ${total} CPU units together, and the task has ${units}`;
      return [
        problem(
          taskDefinition,
          'Cpu',
          reason,
          `set Cpu of the task to at least ${total}, or Cpu of the containers to at most ${units} together`,
        ),
      ];
    }),
};
