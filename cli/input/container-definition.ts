import type { TaskContainer } from '../../rehearsal/task-runtime/task-container';
import { DEFAULTS } from '../../src/plan/default-plan';
import type { Template } from '../../src/plan/template/template';
import { field, items, type TemplateValue } from '../../src/plan/template/template-value';

/** The parts of a container definition that a plan does not have. */
export interface ContainerDefinition extends Omit<TaskContainer, 'image' | 'port' | 'environment'> {
  /** The name of its image, if it is known before deployment. */
  readonly image?: string;
}

/** The container of a `ScalableStatelessService` with default props. */
export const DEFAULT_CONTAINER_DEFINITION: ContainerDefinition = {
  readonlyRootFilesystem: DEFAULTS.readonlyRootFilesystem,
  initProcessEnabled: DEFAULTS.initProcessEnabled,
};

/** Reads the container that the load balancer of a service targets. */
export function readContainerDefinition(template: Template, serviceLogicalId: string): ContainerDefinition {
  const definition = findDefinition(template, serviceLogicalId);
  const linux = field(definition, 'LinuxParameters');
  const text = (name: string): string | undefined => template.resolvedText(field(definition, name));
  return {
    image: text('Image'),
    entryPoint: stringList(template, field(definition, 'EntryPoint')),
    command: stringList(template, field(definition, 'Command')),
    user: text('User'),
    workingDirectory: text('WorkingDirectory'),
    readonlyRootFilesystem: text('ReadonlyRootFilesystem') === 'true',
    writableDirectories: writableDirectories(template, field(definition, 'MountPoints')),
    droppedCapabilities: stringList(template, field(field(linux, 'Capabilities'), 'Drop')),
    initProcessEnabled: template.resolvedText(field(linux, 'InitProcessEnabled')) === 'true',
  };
}

function findDefinition(template: Template, serviceLogicalId: string): TemplateValue | undefined {
  const service = template.resourcesOfType('AWS::ECS::Service').find((candidate) => candidate.id === serviceLogicalId);
  const name = template.resolvedText(field(items(service?.properties.LoadBalancers)[0], 'ContainerName'));
  const definition = template.referencedResource(service?.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return items(definition?.properties.ContainerDefinitions).find((container) => template.resolvedText(field(container, 'Name')) === name);
}

function writableDirectories(template: Template, mountPoints: TemplateValue | undefined): readonly string[] | undefined {
  const writable = items(mountPoints).filter((mount) => template.resolvedText(field(mount, 'ReadOnly')) !== 'true');
  const directories = writable
    .map((mount) => template.resolvedText(field(mount, 'ContainerPath')))
    .filter((directory) => directory !== undefined);
  return directories.length === 0 ? undefined : directories;
}

function stringList(template: Template, value: TemplateValue | undefined): readonly string[] | undefined {
  const list = items(value).map((word) => template.resolvedText(word));
  return list.length === 0 || list.includes(undefined) ? undefined : (list as string[]);
}
