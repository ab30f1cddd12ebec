import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { TASK_DEFINITION, taskMemoryMiB } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** The memory of a task is shared by its containers. */
export const containerMemory: Check = {
  id: 'container-memory',
  severity: 'error',
  finds: 'a container with more memory than its task, or containers that reserve more together',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const memory = taskMemoryMiB(taskDefinition);
      if (memory === undefined) return [];
      const containers = items(taskDefinition.properties['ContainerDefinitions']);
      const single = containers.flatMap((container, index) =>
        ['Memory', 'MemoryReservation'].flatMap((property) => {
          const size = numberOf(field(container, property));
          if (size === undefined || size <= memory) return [];
          const reason = `${property} ${size} of container '${textOf(field(container, 'Name')) ?? index}' is above the ${memory} MiB of the task`;
          const place = `ContainerDefinitions.${index}.${property}`;
          return [problem(taskDefinition, place, reason, `write at most ${memory}, or a task with more Memory`)];
        }),
      );
      const total = containers.reduce((sum: number, container) => sum + reservedMiB(container), 0);
      if (single.length > 0 || total <= memory) return single;
      const reason = `the containers reserve ${total} MiB together, and the task has ${memory} MiB`;
      return [
        problem(taskDefinition, 'Memory', reason, `write a task with more Memory, or containers with at most ${memory} MiB together`),
      ];
    }),
};

/** What ECS reserves for a container: its soft limit, else its hard limit. */
function reservedMiB(container: TemplateValue): number {
  return numberOf(field(container, 'MemoryReservation') ?? field(container, 'Memory')) ?? 0;
}
