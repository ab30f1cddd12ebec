import type { ImageSource } from '../../rehearsal/task-runtime/container/container-runtime';
import type { QuotaChoice } from '../../rehearsal/task-runtime/limits/limiter-choice';
import type { TaskCommand } from '../../rehearsal/task-runtime/task-command';
import type { ContainerEngineName, TaskContainer } from '../../rehearsal/task-runtime/task-container';
import { InputError } from '../../src/parse/input-error';
import type { Plan } from '../../src/plan/service-plan';
import type { RuntimeChoice } from '../options/runtime-options';
import { type ContainerDefinition, DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from './container-definition';
import { readImageAsset } from './image-asset';
import { commandOfOption, dockerfileCommand, taskCommand } from './image-command';
import { REFERENCE_SERVICE_FOLDER } from './reference-service';
import type { PlanSource } from './template-source';

/** The program of a task: a command for a process, or an image for a container engine. */
export type TaskProgram = CommandProgram | ImageProgram;

/** A command that runs as a process on this machine. */
export interface CommandProgram {
  readonly kind: 'process';
  readonly quota: QuotaChoice;
  readonly command: TaskCommand;
  /** The folder of its files. */
  readonly folder: string;
}

/** An image that a container engine runs. */
export interface ImageProgram {
  readonly kind: ContainerEngineName;
  readonly image: ImageSource;
  readonly container: Omit<TaskContainer, 'image'>;
  /** The build folder, if the image is built here. */
  readonly folder?: string;
}

/** The program of the tasks of a template. */
export function programFromTemplate(source: PlanSource, choice: RuntimeChoice): TaskProgram {
  if (choice.kind === 'process') return commandProgram(taskCommand(source, choice.command), choice.quota);
  const definition = readContainerDefinition(source.template, source.plan.service);
  const { imageAssetHash } = source.plan.container;
  const image: ImageSource =
    choice.image === undefined && imageAssetHash !== undefined
      ? readImageAsset(source.assemblyFolder, imageAssetHash)
      : { kind: 'name', name: choice.image ?? imageName(source.plan, definition) };
  return imageProgram(choice.kind, image, definition, source.plan);
}

/** The program of a task without a template: the `--command` or `--image`, else the reference service. */
export function programWithoutTemplate(plan: Plan, choice: RuntimeChoice): TaskProgram {
  if (choice.kind === 'process') {
    const { environment } = plan.container;
    const { command } = choice;
    return commandProgram(
      command === undefined ? dockerfileCommand(REFERENCE_SERVICE_FOLDER, environment) : commandOfOption(command, environment),
      choice.quota,
    );
  }
  const image: ImageSource =
    choice.image === undefined
      ? { kind: 'build', hash: 'reference-service', folder: REFERENCE_SERVICE_FOLDER, arguments: {}, buildContexts: {}, secrets: {} }
      : { kind: 'name', name: choice.image };
  return imageProgram(choice.kind, image, DEFAULT_CONTAINER_DEFINITION, plan);
}

function commandProgram(command: TaskCommand, quota: QuotaChoice): CommandProgram {
  return { kind: 'process', quota, command, folder: command.workingDirectory };
}

function imageProgram(kind: ContainerEngineName, image: ImageSource, definition: ContainerDefinition, plan: Plan): ImageProgram {
  const { image: _, ...rest } = definition;
  const { port, environment } = plan.container;
  return { kind, image, container: { ...rest, port, environment }, folder: image.kind === 'build' ? image.folder : undefined };
}

function imageName(plan: Plan, { image }: ContainerDefinition): string {
  if (image !== undefined) return image;
  throw new InputError([`the image of ${plan.service} has a name that is known only after deployment: name an image with --image`]);
}
