import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSource } from '../../rehearsal/task-runtime/container/container-runtime';
import type { QuotaChoice } from '../../rehearsal/task-runtime/limits/limiter-choice';
import type { TaskCommand } from '../../rehearsal/task-runtime/task-command';
import type { ContainerEngineName, TaskContainer } from '../../rehearsal/task-runtime/task-container';
import { InputError } from '../../src/parse/input-error';
import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import type { Plan } from '../../src/plan/service-plan';
import type { ContainerChoice, ProcessChoice, RuntimeChoice } from '../options/runtime-options';
import { readCommandWords } from './command-words';
import { type ContainerDefinition, DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from './container-definition';
import { buildOfDockerfile, findDockerfile } from './given-dockerfile';
import { readImageAsset } from './image-asset';
import { commandOfOption, dockerfileCommand, dockerfileOf, taskCommand } from './image-command';
import { REFERENCE_SERVICE_FOLDER } from './reference-service';
import { stopSignalOf } from './stop-signal';
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
  /** Whether the port is the default of the construct: then the one that the image exposes is used, if there is one. */
  readonly isPortAssumed?: boolean;
}

/** The program of the tasks of a template. */
export function programFromTemplate(source: PlanSource, choice: RuntimeChoice): TaskProgram {
  const { environment, imageAssetHash } = source.plan.container;
  if (choice.kind === 'process') {
    const command = choice.dockerfile === undefined ? taskCommand(source, choice.command) : commandOfDockerfile(choice, environment);
    return commandProgram(command, choice.quota);
  }
  const definition = readContainerDefinition(source.template, source.plan.service);
  const image =
    givenImage(choice) ??
    (imageAssetHash === undefined
      ? ({ kind: 'name', name: imageName(source, definition) } as const)
      : readImageAsset(source.assemblyFolder, imageAssetHash));
  return imageProgram(choice, image, definition, source.plan);
}

/** The program of a task without a template: the `--command`, `--image` or `--dockerfile`, else the reference service. */
export function programWithoutTemplate(plan: Plan, choice: RuntimeChoice): TaskProgram {
  if (choice.kind === 'process') return commandProgram(commandWithoutTemplate(plan, choice), choice.quota);
  const image = givenImage(choice) ?? REFERENCE_SERVICE_IMAGE;
  return {
    ...imageProgram(choice, image, DEFAULT_CONTAINER_DEFINITION, plan),
    isPortAssumed: plan.container.port === DEFAULT_PLAN.container.port,
  };
}

const REFERENCE_SERVICE_IMAGE: ImageSource = {
  kind: 'build',
  hash: 'reference-service',
  folder: REFERENCE_SERVICE_FOLDER,
  arguments: {},
  buildContexts: {},
  secrets: {},
};

function commandWithoutTemplate({ container: { environment } }: Plan, choice: ProcessChoice): TaskCommand {
  if (choice.dockerfile !== undefined) return commandOfDockerfile(choice, environment);
  if (choice.command !== undefined) return commandOfOption(choice.command, environment);
  return dockerfileCommand(REFERENCE_SERVICE_FOLDER, environment);
}

/** The CMD of `--dockerfile`, or the `--command` in its place, run in its directory. */
function commandOfDockerfile({ dockerfile, command }: ProcessChoice, environment: TaskCommand['environment']): TaskCommand {
  const { folder, name } = findDockerfile(dockerfile!);
  if (command === undefined) return dockerfileCommand(folder, environment, { dockerfile: name });
  return { ...commandOfOption(command, environment, folder), stopSignal: stopSignalOf(readFileSync(join(folder, name), 'utf8')) };
}

/** The image that an option names or builds. */
function givenImage({ image, dockerfile }: ContainerChoice): ImageSource | undefined {
  if (dockerfile !== undefined) return buildOfDockerfile(dockerfile);
  return image === undefined ? undefined : { kind: 'name', name: image };
}

function commandProgram(command: TaskCommand, quota: QuotaChoice): CommandProgram {
  return { kind: 'process', quota, command, folder: command.workingDirectory };
}

function imageProgram(
  { kind, command, writable = [] }: ContainerChoice,
  image: ImageSource,
  definition: ContainerDefinition,
  plan: Plan,
): ImageProgram {
  const { image: _, ...rest } = definition;
  const { port, environment } = plan.container;
  const words = command === undefined ? undefined : readCommandWords(command, (name) => environment[name] ?? process.env[name]);
  const writableDirectories = [...(rest.writableDirectories ?? []), ...writable.filter((directory) => directory !== '/')];
  return {
    kind,
    image,
    container: {
      ...rest,
      port,
      environment: { ...environment, ...words?.environment },
      ...(words && { command: [words.program, ...words.arguments] }),
      ...(writableDirectories.length > 0 && { writableDirectories }),
      readonlyRootFilesystem: rest.readonlyRootFilesystem && !writable.includes('/'),
    },
    folder: image.kind === 'build' ? image.folder : undefined,
  };
}

function imageName(source: PlanSource, { image }: ContainerDefinition): string {
  if (image !== undefined) return image;
  const { plan } = source;
  const dockerfile = dockerfileOf(source);
  if (dockerfile !== undefined)
    throw new InputError([`the image of ${plan.service} is built with ${dockerfile}: build it with --dockerfile ${dockerfile}`]);
  throw new InputError([`the image of ${plan.service} has a name that is known only after deployment: name an image with --image`]);
}
