import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { containersOf, servicesOf } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

/** A service registers a container of its task definition, by name. */
export const containerName: Check = {
  id: 'container-name',
  severity: 'error',
  finds: 'a container in `LoadBalancers` or `ServiceRegistries` that the task definition does not have',
  consequence: 'ECS rejects the service',
  find: (template) =>
    servicesOf(template).flatMap(({ service, taskDefinition }) => {
      const containers = containersOf(taskDefinition);
      if (containers === undefined || taskDefinition === undefined) return [];
      const names = containers.map((container) => textOf(field(container, 'Name')));
      return ['LoadBalancers', 'ServiceRegistries'].flatMap((list) =>
        items(service.properties[list]).flatMap((entry: TemplateValue, index) => {
          const name = textOf(field(entry, 'ContainerName'));
          if (name === undefined || names.includes(name)) return [];
          const reason = `${taskDefinition.id} has no container named '${name}'`;
          return [problem(service, `${list}.${index}.ContainerName`, reason, `write ${names.join(' or ')}`)];
        }),
      );
    }),
};
