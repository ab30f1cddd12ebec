import { AWS_DEFAULTS } from '../default-plan';
import type { ContainerHealthCheck, TaskContainer } from '../task-containers';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** Reads the containers of a task definition; none if no health check and no dependency decides when they start and serve. */
export function readTaskContainers(
  template: Template,
  numbers: TemplateNumbers,
  taskDefinition: Resource,
  balancer: TemplateValue | undefined,
): readonly TaskContainer[] {
  const servingName = template.resolvedText(field(balancer, 'ContainerName'));
  const containers = items(taskDefinition.properties.ContainerDefinitions).map((container, index): TaskContainer => {
    const name = template.resolvedText(field(container, 'Name')) ?? `container ${index + 1}`;
    const healthCheck = readContainerHealthCheck(template, numbers, `${taskDefinition.id} ${name}`, field(container, 'HealthCheck'));
    return {
      name,
      isServing: name === servingName,
      // as by default.
      isEssential: template.resolvedText(field(container, 'Essential')) !== 'false',
      ...(healthCheck && { healthCheck }),
      dependsOn: items(field(container, 'DependsOn')).map((dependency) => ({
        containerName: template.resolvedText(field(dependency, 'ContainerName')) ?? 'none',
        condition: (template.resolvedText(field(dependency, 'Condition')) ?? 'none') as TaskContainer['dependsOn'][number]['condition'],
      })),
    };
  });
  return containers.some(({ healthCheck, dependsOn }) => healthCheck !== undefined || dependsOn.length > 0) ? containers : [];
}

/** Reads the health check of a container; undefined if it has none, or the command is `NONE`. */
function readContainerHealthCheck(
  template: Template,
  numbers: TemplateNumbers,
  name: string,
  check: TemplateValue | undefined,
): ContainerHealthCheck | undefined {
  const [first] = items(field(check, 'Command'));
  if (check === undefined || template.resolvedText(first) === 'NONE') return undefined;
  const { intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = AWS_DEFAULTS.containerHealthCheck;
  const number = (property: string, fallback: number): number => numbers.of(`${name} ${property}`, field(check, property) ?? fallback);
  return {
    intervalSeconds: number('Interval', intervalSeconds),
    timeoutSeconds: number('Timeout', timeoutSeconds),
    retries: number('Retries', retries),
    startPeriodSeconds: number('StartPeriod', startPeriodSeconds),
  };
}
