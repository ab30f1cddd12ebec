import { InvalidInput } from '../src/plan/invalid-input';
import type { Plan } from '../src/plan/plan';
import { type ContainerDefinition, DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from './container-definition';
import { readImageAsset } from './image-asset';
import { givenCommand, imageCommand, taskCommand } from './image-command';
import { REFERENCE_SERVICE_FOLDER } from './reference-service';
import type { ImageSource } from './rehearsal/tasks/image-source';
import type { QuotaChoice } from './rehearsal/tasks/quota-choice';
import type { TaskCommand } from './rehearsal/tasks/task-command';
import type { ContainerEngineName, TaskContainer } from './rehearsal/tasks/task-container';
import type { RuntimeChoice } from './runtime-options';
import type { PlanSource } from './template-source';

/** What a task runs, and what runs it. */
export type TaskProgram = CommandProgram | ImageProgram;

/** A command of this machine. */
export interface CommandProgram {
  readonly kind: 'process';
  readonly quota: QuotaChoice;
  readonly command: TaskCommand;
  /** Where its files stand. */
  readonly folder: string;
}

/** An image, run by an engine. */
export interface ImageProgram {
  readonly kind: ContainerEngineName;
  readonly image: ImageSource;
  readonly container: Omit<TaskContainer, 'image'>;
  /** Where it is built from, if it is. */
  readonly folder?: string;
}

/** What the tasks of a template run. */
export function programOf(source: PlanSource, choice: RuntimeChoice): TaskProgram {
  if (choice.kind === 'process') return commandProgram(taskCommand(source, choice.command), choice.quota);
  const definition = readContainerDefinition(source.template, source.plan.service);
  const { imageAssetHash } = source.plan.container;
  const image: ImageSource =
    choice.image === undefined && imageAssetHash !== undefined
      ? readImageAsset(source.assemblyFolder, imageAssetHash)
      : { kind: 'name', name: choice.image ?? imageName(source.plan, definition) };
  return imageProgram(choice.kind, image, definition, source.plan);
}

/** What a task runs where there is no template: what the caller says, or the reference service. */
export function programWithoutTemplate(plan: Plan, choice: RuntimeChoice): TaskProgram {
  if (choice.kind === 'process') {
    const { environment } = plan.container;
    const { command } = choice;
    return commandProgram(
      command === undefined ? imageCommand(REFERENCE_SERVICE_FOLDER, environment) : givenCommand(command, environment),
      choice.quota,
    );
  }
  const image: ImageSource =
    choice.image === undefined
      ? { kind: 'build', hash: 'reference-service', folder: REFERENCE_SERVICE_FOLDER, arguments: {}, contexts: {}, secrets: {} }
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
  throw new InvalidInput([
    `the image of ${plan.service} must have a name that is known before it is deployed, got one that only a deployment tells: name one with --image`,
  ]);
}
