import { AWS_DEFAULTS } from './default-plan';
import type { ContainerPlan } from './plan';
import { field, items, type Resource, type Template, type TemplateValue } from './template';
import type { TemplateNumbers } from './template-numbers';

/** Reads the container of a task definition that a load balancer of its service leads to. */
export function readContainer(
  template: Template,
  numbers: TemplateNumbers,
  taskDefinition: Resource,
  balancer: TemplateValue | undefined,
): ContainerPlan {
  const name = template.plain(field(balancer, 'ContainerName'));
  const containers = items(taskDefinition.properties.ContainerDefinitions);
  const container = containers.find((candidate) => template.plain(field(candidate, 'Name')) === name);
  return {
    port: numbers.of(`${taskDefinition.id} ContainerPort`, field(balancer, 'ContainerPort')),
    environment: readEnvironment(template, container),
    stopTimeoutSeconds: numbers.of(`${taskDefinition.id} StopTimeout`, field(container, 'StopTimeout') ?? AWS_DEFAULTS.stopTimeoutSeconds),
    ...imageAsset(field(container, 'Image')),
  };
}

function readEnvironment(template: Template, container: TemplateValue | undefined): Record<string, string> {
  const pairs = items(field(container, 'Environment')).map(
    (entry) => [field(entry, 'Name'), template.plain(field(entry, 'Value'))] as const,
  );
  return Object.fromEntries(pairs.filter(([name, value]) => typeof name === 'string' && value !== undefined)) as Record<string, string>;
}

/** The CDK tags the image of an asset with the asset's hash, at the end of its address. */
function imageAsset(image: TemplateValue | undefined): { imageAssetHash?: string } {
  const hash = /:([0-9a-f]{64})"/.exec(JSON.stringify(image ?? ''))?.[1];
  return hash === undefined ? {} : { imageAssetHash: hash };
}
