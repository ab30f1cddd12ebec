import { tmpdir } from 'node:os';
import { type AwsObject, strings, structure, structures, text } from '../../emulation/front/aws-call';
import type { ImageRecords, RecordedImage } from '../../emulation/images/image-records';
import type { ProgramRequest } from '../../emulation/live/task-programs';
import { ContainerEngine, type ImageSource, prepareImage } from '../../rehearsal/task-runtime/container/container-runtime';
import type { SharedSupervisor } from '../../rehearsal/task-runtime/shared-supervisor';
import type { TaskCommand } from '../../rehearsal/task-runtime/task-command';
import type { ContainerEngineName, TaskContainer } from '../../rehearsal/task-runtime/task-container';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { InputError } from '../../src/parse/input-error';
import { dockerfileText } from './dockerfile-text';
import { commandOfOption, dockerfileCommand } from './image-command';
import { checkInstalled, copiedFolders, programOfImage, repositoryOf } from './installed-programs';

/** What the programs of an emulation are chosen by. */
export interface EmulatedProgramsParts {
  readonly supervisor: SharedSupervisor;
  readonly images: ImageRecords;
  /** The command of every task that neither `taskCommands` nor `imageCommands` name. */
  readonly command?: string;
  /** The commands of the tasks of some families. */
  readonly taskCommands: ReadonlyMap<string, string>;
  /** The commands of the tasks of some images, by their names with or without a tag. */
  readonly imageCommands: ReadonlyMap<string, string>;
  readonly interrupted: Promise<never>;
}

/** The port of a container that its definition does not map. */
const DEFAULT_PORT = 80;

/** Finds and starts the program of each task of an emulation. */
export class EmulatedPrograms {
  public constructor(private readonly parts: EmulatedProgramsParts) {}

  /** @throws InputError if it is not known how to run the container on this machine. */
  public async start({ family, container, size }: ProgramRequest): Promise<TaskRuntime> {
    const { supervisor } = this.parts;
    if (supervisor.engine === undefined) return supervisor.processes(this.commandOf(family, container), size);
    return supervisor.containers(await this.containerOf(supervisor.engine, container), size);
  }

  private commandOf(family: string, container: AwsObject): TaskCommand {
    const { images, command, taskCommands, imageCommands } = this.parts;
    const environment = environmentOf(container);
    const name = text(container.image) ?? '';
    const image = findImage(images, container);
    const chosen = taskCommands.get(family);
    if (chosen !== undefined) return commandOfOption(chosen, environment);
    const complete = completeCommand(container, image, command !== undefined);
    if (complete !== undefined) return complete;
    const ofImage = imageCommands.get(name) ?? imageCommands.get(repositoryOf(name)) ?? command;
    if (ofImage !== undefined) return commandOfOption(ofImage, environment);
    if (image === undefined) {
      throw new InputError([
        `the image '${name}' of task definition ${family} was not built during this emulation, so there is no folder to run it from: ` +
          `set the command of its tasks with --image-command '${repositoryOf(name)}=node server.js', or set CDK_DOCKER as printed and deploy again`,
      ]);
    }
    const changes = { dockerfile: image.dockerfile, entryPoint: wordsOf(container.entryPoint), command: wordsOf(container.command) };
    return dockerfileCommand(image.folder, environment, changes);
  }

  private async containerOf(engineName: ContainerEngineName, container: AwsObject): Promise<TaskContainer> {
    const { images, interrupted } = this.parts;
    const engine = await ContainerEngine.open(engineName);
    const image = await prepareImage(engine, imageSourceOf(findImage(images, container), container), { onLine: () => {}, interrupted });
    const linux = structure(container.linuxParameters);
    const [mapping] = structures(container.portMappings);
    return {
      image,
      port: Number(mapping?.containerPort ?? DEFAULT_PORT),
      environment: environmentOf(container),
      entryPoint: wordsOf(container.entryPoint),
      command: wordsOf(container.command),
      user: text(container.user),
      workingDirectory: text(container.workingDirectory),
      readonlyRootFilesystem: container.readonlyRootFilesystem === true,
      writableDirectories: structures(container.mountPoints)
        .filter(({ readOnly }) => readOnly !== true)
        .map(({ containerPath }) => String(containerPath)),
      droppedCapabilities: wordsOf(structure(linux.capabilities).drop),
      initProcessEnabled: linux.initProcessEnabled === true,
    };
  }
}

/**
 * The command of a container that needs no image: of a load generator that is installed on this machine, or of a registry's image of which the
 * definition replaces the entry point. Undefined for any other container.
 */
function completeCommand(container: AwsObject, image: RecordedImage | undefined, hasCommand: boolean): TaskCommand | undefined {
  const name = text(container.image) ?? '';
  const dockerfile = image && dockerfileText(image.folder, image.dockerfile);
  const program = programOfImage(name, dockerfile);
  const entryPoint = wordsOf(container.entryPoint);
  if (program === undefined && (image !== undefined || entryPoint === undefined || hasCommand)) return undefined;
  if (program !== undefined) checkInstalled(program, name);
  const folder = image?.folder ?? tmpdir();
  const words = [...(entryPoint ?? [program!.name]), ...(wordsOf(container.command) ?? [])].map((word) =>
    copiedFolders(dockerfile ?? '').reduce((path, copied) => path.replaceAll(copied, folder), word),
  );
  return { program: words[0]!, arguments: words.slice(1), workingDirectory: folder, environment: environmentOf(container) };
}

/** The image that a container definition names, by its whole name, or by the hash that the CDK tags an image with. */
function findImage(images: ImageRecords, { image }: AwsObject): RecordedImage | undefined {
  const name = text(image) ?? '';
  const hash = /:([0-9a-f]{64})$/.exec(name)?.[1];
  return images.find(name) ?? (hash === undefined ? undefined : images.find(`cdkasset-${hash}`));
}

function imageSourceOf(recorded: RecordedImage | undefined, { image }: AwsObject): ImageSource {
  if (recorded === undefined) return { kind: 'name', name: String(image) };
  const { folder, dockerfile, target, buildArguments, platform } = recorded;
  const hash = /:([0-9a-f]{64})$/.exec(text(image) ?? '')?.[1] ?? 'emulated';
  return { kind: 'build', hash, folder, dockerfile, target, arguments: buildArguments, buildContexts: {}, secrets: {}, platform };
}

function environmentOf({ environment }: AwsObject): Record<string, string> {
  return Object.fromEntries(structures(environment).map(({ name, value }) => [String(name), text(value) ?? '']));
}

function wordsOf(value: AwsObject[string]): readonly string[] | undefined {
  const words = strings(value);
  return words.length === 0 ? undefined : words;
}
