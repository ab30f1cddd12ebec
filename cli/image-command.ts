import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import type { Plan } from '../src/plan/plan';
import { isReferenceService, REFERENCE_SERVICE_FOLDER } from './reference-service';
import type { TaskCommand } from './rehearsal/tasks/task-command';
import type { PlanSource } from './template-source';

const HOW_TO_SAY = "say with --command how a task starts here, for example --command 'node server.js'";

/**
 * How to start a task as a process of this machine: the command the caller gave,
 * or the one that the image's Dockerfile ends with, run in the folder the image is built from.
 */
export function taskCommand(source: PlanSource, given: string | undefined): TaskCommand {
  const { environment } = source.plan.container;
  return given === undefined
    ? imageCommand(buildFolder(source.plan, source.assemblyFolder), environment)
    : givenCommand(given, environment);
}

/** The command that the caller gave, run where the caller is. */
export function givenCommand(text: string, environment: TaskCommand['environment']): TaskCommand {
  return { ...splitCommand(text), workingDirectory: process.cwd(), environment };
}

/** The command that the Dockerfile of a folder ends with, run in the folder. */
export function imageCommand(folder: string, environment: TaskCommand['environment']): TaskCommand {
  const [program, ...args] = dockerfileCommand(folder);
  // the reference service is shipped built, its image's folder holds sources only.
  const candidates = [folder, ...(isReferenceService(folder) ? [REFERENCE_SERVICE_FOLDER] : [])];
  const workingDirectory = candidates.find((candidate) => holdsAll(candidate, args));
  if (workingDirectory === undefined) {
    if (isReferenceService(folder))
      throw new InvalidInput([
        `the reference service must be built to be run without containers: npm run service-image builds it, or ${HOW_TO_SAY}`,
      ]);
    throw new InvalidInput([
      `the files of '${[program, ...args].join(' ')}' are made while the image is built, got none in ${folder}: ${HOW_TO_SAY}`,
    ]);
  }
  return { program: program!, arguments: args, workingDirectory, environment };
}

/** Splits words at spaces, except within quotes. */
function splitCommand(text: string): { program: string; arguments: string[] } {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
  const [program, ...rest] = words;
  if (program === undefined) throw new InvalidInput([`--command must name a program, got '${text}'`]);
  return { program, arguments: rest };
}

/** The folder that the image of the plan is built from, as the list of assets beside the template names it. */
function buildFolder(plan: Plan, assemblyFolder: string): string {
  const hash = plan.container.imageAssetHash;
  if (hash === undefined)
    throw new InvalidInput([
      `the image of ${plan.service} must be built from a folder to be run without containers, got one from a registry: ${HOW_TO_SAY}`,
    ]);
  const folder = join(assemblyFolder, `asset.${hash}`);
  if (!existsSync(folder))
    throw new InvalidInput([`the image's folder must stand beside the template, got none at ${folder}: use --app, or ${HOW_TO_SAY}`]);
  return folder;
}

function dockerfileCommand(folder: string): string[] {
  const file = join(folder, 'Dockerfile');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const words = [...lastInstruction(text, 'ENTRYPOINT'), ...lastInstruction(text, 'CMD')];
  if (words.length === 0)
    throw new InvalidInput([`the image's Dockerfile must end with CMD ["program", "argument"], got none in ${folder}: ${HOW_TO_SAY}`]);
  return words;
}

function lastInstruction(dockerfile: string, name: string): string[] {
  const instruction = [...dockerfile.matchAll(new RegExp(`^${name}\\s+(\\[.*\\])\\s*$`, 'gm'))].at(-1);
  return instruction === undefined ? [] : parseWords(instruction[1]!);
}

/** Whether every argument that looks like a file is one in the folder. */
function holdsAll(folder: string, args: readonly string[]): boolean {
  return args.filter((argument) => /\.\w+$/.test(argument)).every((file) => existsSync(join(folder, file)));
}

function parseWords(json: string): string[] {
  try {
    return JSON.parse(json) as string[];
  } catch {
    throw new InvalidInput([
      `the image's Dockerfile must write its command as JSON, CMD ["program", "argument"], got ${json}: ${HOW_TO_SAY}`,
    ]);
  }
}
