import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskCommand } from '../../rehearsal/task-runtime/task-command';
import { InputError } from '../../src/parse/input-error';
import { readCommandWords } from './command-words';
import { dockerfileText } from './dockerfile-text';
import { isReferenceService, REFERENCE_SERVICE_FOLDER } from './reference-service';
import { stopSignalOf } from './stop-signal';
import type { PlanSource } from './template-source';

const USE_COMMAND = "set the command of a task with --command, for example --command 'node server.js'";

/**
 * The command that starts a task as a process on this machine: that of `--command`,
 * or else the `ENTRYPOINT` and `CMD` of the Dockerfile, run in the build folder of the image.
 */
export function taskCommand(source: PlanSource, commandOption: string | undefined): TaskCommand {
  const { environment, imageAssetHash } = source.plan.container;
  if (commandOption === undefined) return dockerfileCommand(buildFolder(source), environment);
  // ECS stops the task with the signal of its image, whatever its command.
  const dockerfile = imageAssetHash === undefined ? '' : dockerfileText(join(source.assemblyFolder, `asset.${imageAssetHash}`));
  return { ...commandOfOption(commandOption, environment), stopSignal: stopSignalOf(dockerfile) };
}

/** The command of `--command`, run in the current folder. Its variables are those of the task, or else of this process. */
export function commandOfOption(text: string, environment: TaskCommand['environment'], workingDirectory = process.cwd()): TaskCommand {
  const words = readCommandWords(text, (name) => environment[name] ?? process.env[name]);
  return { ...words, workingDirectory, environment: { ...environment, ...words.environment } };
}

/** What takes the place of instructions of a Dockerfile: the same members of a container definition. */
export interface DockerfileChanges {
  /** @default - Dockerfile */
  readonly dockerfile?: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
}

/** The `ENTRYPOINT` and `CMD` of the Dockerfile in a folder, run in the folder. */
export function dockerfileCommand(folder: string, environment: TaskCommand['environment'], changes: DockerfileChanges = {}): TaskCommand {
  const [program, ...args] = dockerfileArguments(folder, changes);
  // the package contains the reference service built; the build folder of the image has only its sources.
  const candidates = [folder, ...(isReferenceService(folder) ? [REFERENCE_SERVICE_FOLDER] : [])];
  const workingDirectory = candidates.find((candidate) => hasAllFiles(candidate, args));
  if (workingDirectory === undefined) {
    if (isReferenceService(folder))
      throw new InputError([
        `the reference service is not built, so it cannot run as a process: build it with npm run service-image, or ${USE_COMMAND}`,
      ]);
    throw new InputError([
      `the files of '${[program, ...args].join(' ')}' are not in ${folder}, the image build creates them: ${USE_COMMAND}`,
    ]);
  }
  return {
    program: program!,
    arguments: args,
    workingDirectory,
    environment,
    stopSignal: stopSignalOf(dockerfileText(folder, changes.dockerfile)),
  };
}

/** The build folder of the image, an asset in the cloud assembly. */
function buildFolder({ plan, template, assemblyFolder }: PlanSource): string {
  const hash = plan.container.imageAssetHash;
  if (hash === undefined) {
    const dockerfile = dockerfileOf({ plan, template, assemblyFolder });
    throw new InputError([
      dockerfile === undefined
        ? `the image of ${plan.service} is from a registry or a repository, so there is no folder to run it from as a process: ${USE_COMMAND}`
        : `the image of ${plan.service} is built with ${dockerfile}: run its CMD with --dockerfile ${dockerfile} --runtime process, or ${USE_COMMAND}`,
    ]);
  }
  const folder = join(assemblyFolder, `asset.${hash}`);
  if (!existsSync(folder))
    throw new InputError([`the build folder of the image is missing beside the template, at ${folder}: use --app, or ${USE_COMMAND}`]);
  return folder;
}

/** The Dockerfile of a manifest, as a path from here; undefined for a template, or an image that is built from elsewhere. */
export function dockerfileOf({
  plan,
  template,
  assemblyFolder,
}: Pick<PlanSource, 'plan' | 'template' | 'assemblyFolder'>): string | undefined {
  const dockerfile = template.dockerfiles[plan.service];
  if (dockerfile === undefined) return undefined;
  // a path from the home folder is one for the shell that it is typed into.
  return /^~?\//.test(dockerfile) ? dockerfile : join(assemblyFolder, dockerfile);
}

function dockerfileArguments(folder: string, changes: DockerfileChanges): string[] {
  const { entryPoint, command } = changes;
  const text = dockerfileText(folder, changes.dockerfile);
  // another entry point has no CMD of the image either.
  const arguments_ = command ?? (entryPoint === undefined ? lastInstructionArguments(text, 'CMD') : []);
  const programAndArguments = [...(entryPoint ?? lastInstructionArguments(text, 'ENTRYPOINT')), ...arguments_];
  if (programAndArguments.length === 0)
    throw new InputError([`the Dockerfile in ${folder} has no CMD ["program", "argument"]: ${USE_COMMAND}`]);
  return programAndArguments;
}

function lastInstructionArguments(dockerfile: string, name: string): string[] {
  const instruction = [...dockerfile.matchAll(new RegExp(`^${name}\\s+(\\[.*\\])\\s*$`, 'gm'))].at(-1);
  return instruction === undefined ? [] : parseJsonArray(instruction[1]!);
}

/** Whether each argument that has a file extension is a file in the folder. */
function hasAllFiles(folder: string, args: readonly string[]): boolean {
  return args.filter((argument) => /\.\w+$/.test(argument)).every((file) => existsSync(join(folder, file)));
}

function parseJsonArray(json: string): string[] {
  try {
    return JSON.parse(json) as string[];
  } catch {
    throw new InputError([
      `the CMD or ENTRYPOINT of the Dockerfile must be a JSON array, such as ["program", "argument"], got ${json}: ${USE_COMMAND}`,
    ]);
  }
}
