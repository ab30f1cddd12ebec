import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { containerListOf, servicesOf } from '../template/ecs-service';
import { isUnknown, keyOf, numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

const LISTS = ['LoadBalancers', 'ServiceRegistries'];

/** A service registers a port that its container maps. */
export const containerPort: Check = {
  id: 'container-port',
  severity: 'error',
  finds: 'a container port in `LoadBalancers` or `ServiceRegistries` that the container does not map',
  consequence: 'ECS rejects the service',
  find: (template) =>
    servicesOf(template).flatMap(({ service, taskDefinition }) =>
      LISTS.flatMap((list) =>
        items(service.properties[list]).flatMap((entry, index) => {
          const [name, port] = [field(entry, 'ContainerName'), numberOf(field(entry, 'ContainerPort'))];
          const ports = mappedPorts(containerListOf(taskDefinition), name);
          if (ports === undefined || port === undefined || ports.some((each) => covers(each, port))) return [];
          const container = `container '${textOf(name) ?? index}'`;
          const others = ports.length === 0 ? '' : `write ${ports.join(' or ')}, or `;
          const fix = `${others}add { "ContainerPort": ${port} } to PortMappings of ${container}`;
          return [problem(service, `${list}.${index}.ContainerPort`, `${container} does not map port ${port}`, fix)];
        }),
      ),
    ),
};

/** The ports and ranges of ports that a container maps; undefined where they are not known. */
function mappedPorts(containers: readonly TemplateValue[] | undefined, name: TemplateValue | undefined): string[] | undefined {
  const container = containers?.find((each) => keyOf(field(each, 'Name')) === keyOf(name));
  const mappings = field(container, 'PortMappings');
  if (name === undefined || container === undefined || isUnknown(mappings)) return undefined;
  const ports = items(mappings).map((mapping) => {
    return isUnknown(mapping) ? undefined : textOf(field(mapping, 'ContainerPort') ?? field(mapping, 'ContainerPortRange') ?? '');
  });
  return ports.includes(undefined) ? undefined : ports.flatMap((port) => port ?? []);
}

/** A port, or a range of ports such as `8000-8010`. */
function covers(ports: string, port: number): boolean {
  const [first, last = first] = ports.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
