import { field } from '../../plan/template/template-value';
import { containersOf, TASK_DEFINITION } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** A task runs as long as its essential containers. */
export const essentialContainer: Check = {
  id: 'essential-container',
  severity: 'error',
  finds: 'a task definition without an essential container',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const containers = containersOf(taskDefinition) ?? [];
      if (containers.length === 0 || containers.some((container) => textOf(field(container, 'Essential')) !== 'false')) return [];
      return [
        problem(
          taskDefinition,
          'ContainerDefinitions',
          'no container is essential',
          'remove Essential from the container that serves: the default is true',
        ),
      ];
    }),
};
