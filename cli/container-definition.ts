import { DEFAULTS } from '../src/plan/default-plan';
import { field, items, type Template, type TemplateValue } from '../src/plan/template';
import type { TaskContainer } from './rehearsal/tasks/task-container';

/** What a container definition says of the container besides what a plan holds. */
export interface ContainerDefinition extends Omit<TaskContainer, 'image' | 'port' | 'environment'> {
  /** The name of its image, where that is known before a deployment. */
  readonly image?: string;
}

/** The container of a `ScalableStatelessService` without props. */
export const DEFAULT_CONTAINER_DEFINITION: ContainerDefinition = {
  hasReadOnlyRoot: DEFAULTS.readonlyRootFilesystem,
  hasInitProcess: DEFAULTS.initProcess,
};

/** Reads the container that the load balancer of a service leads to. */
export function readContainerDefinition(template: Template, service: string): ContainerDefinition {
  const definition = findDefinition(template, service);
  const linux = field(definition, 'LinuxParameters');
  const of = (name: string): string | undefined => template.plain(field(definition, name));
  return {
    image: of('Image'),
    entryPoint: words(template, field(definition, 'EntryPoint')),
    command: words(template, field(definition, 'Command')),
    user: of('User'),
    workingDirectory: of('WorkingDirectory'),
    hasReadOnlyRoot: of('ReadonlyRootFilesystem') === 'true',
    writableDirectories: writableDirectories(template, field(definition, 'MountPoints')),
    droppedCapabilities: words(template, field(field(linux, 'Capabilities'), 'Drop')),
    hasInitProcess: template.plain(field(linux, 'InitProcessEnabled')) === 'true',
  };
}

function findDefinition(template: Template, id: string): TemplateValue | undefined {
  const service = template.ofType('AWS::ECS::Service').find((candidate) => candidate.id === id);
  const name = template.plain(field(items(service?.properties.LoadBalancers)[0], 'ContainerName'));
  const definition = template.referredTo(service?.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return items(definition?.properties.ContainerDefinitions).find((container) => template.plain(field(container, 'Name')) === name);
}

function writableDirectories(template: Template, mountPoints: TemplateValue | undefined): readonly string[] | undefined {
  const writable = items(mountPoints).filter((mount) => template.plain(field(mount, 'ReadOnly')) !== 'true');
  const folders = writable.map((mount) => template.plain(field(mount, 'ContainerPath'))).filter((folder) => folder !== undefined);
  return folders.length === 0 ? undefined : folders;
}

function words(template: Template, value: TemplateValue | undefined): readonly string[] | undefined {
  const list = items(value).map((word) => template.plain(word));
  return list.length === 0 || list.includes(undefined) ? undefined : (list as string[]);
}
