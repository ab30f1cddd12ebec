import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { containersOf, TASK_DEFINITION } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** A container waits for another one of its task. */
export const containerDependency: Check = {
  id: 'container-dependency',
  severity: 'error',
  finds: 'a dependency on a container that the task does not have, or on the health of one without a health check',
  consequence: 'ECS rejects the task definition, or the tasks never start',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const containers = containersOf(taskDefinition) ?? [];
      return containers.flatMap((container, index) =>
        items(field(container, 'DependsOn')).flatMap((dependency, place) => {
          const wrong = wrongDependency(containers, dependency);
          const path = `ContainerDefinitions.${index}.DependsOn.${place}`;
          return wrong === undefined ? [] : [problem(taskDefinition, path, wrong.reason, wrong.fix)];
        }),
      );
    }),
};

function wrongDependency(containers: readonly TemplateValue[], dependency: TemplateValue): { reason: string; fix: string } | undefined {
  const name = textOf(field(dependency, 'ContainerName'));
  if (name === undefined) return undefined;
  const other = containers.find((each) => textOf(field(each, 'Name')) === name);
  if (other === undefined) return { reason: `the task has no container named '${name}'`, fix: 'write the name of a container of the task' };
  const needsHealth = textOf(field(dependency, 'Condition')) === 'HEALTHY' && field(other, 'HealthCheck') === undefined;
  if (!needsHealth) return undefined;
  return { reason: `container '${name}' has no HealthCheck`, fix: `write a HealthCheck for '${name}', or the Condition START` };
}
