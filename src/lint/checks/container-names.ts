import { field } from '../../plan/template/template-value';
import { containerListOf, TASK_DEFINITION } from '../template/ecs-service';
import { keyOf, textOf } from '../template/values';
import { type Check, problem, repeated } from './check';

/** Containers refer to each other by name. */
export const containerNames: Check = {
  id: 'container-names',
  severity: 'error',
  finds: 'two containers of one name in a task definition',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const named = (containerListOf(taskDefinition) ?? []).map((container, index) => ({ index, name: field(container, 'Name') }));
      return repeated(named, ({ name }) => (name === undefined ? undefined : keyOf(name))).map(([, { index, name }]) =>
        problem(
          taskDefinition,
          `ContainerDefinitions.${index}.Name`,
          `two containers are named ${textOf(name) === undefined ? 'by one reference' : `'${textOf(name)}'`}`,
          'write a name of its own for each',
        ),
      );
    }),
};
