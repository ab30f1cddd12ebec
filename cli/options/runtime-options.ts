import type { Command } from 'commander';
import { findRunningEngine } from '../../rehearsal/task-runtime/container/running-engine';
import { QUOTA_CHOICES, type QuotaChoice } from '../../rehearsal/task-runtime/limits/limiter-choice';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../../rehearsal/task-runtime/task-container';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { collectRepeated } from './repeated-option';

const RUNTIMES = ['process', ...CONTAINER_ENGINES] as const;

/** The runtime of the tasks. */
export type RuntimeChoice = ProcessChoice | ContainerChoice;

/** Tasks that are processes. */
export interface ProcessChoice {
  readonly kind: 'process';
  readonly quota: QuotaChoice;
  readonly command?: string;
  /** The Dockerfile whose CMD runs in its folder. */
  readonly dockerfile?: string;
}

/** Tasks that are containers of an engine. */
export interface ContainerChoice {
  readonly kind: ContainerEngineName;
  readonly image?: string;
  /** The Dockerfile that the image is built with. */
  readonly dockerfile?: string;
  /** What takes the place of the CMD of the image. */
  readonly command?: string;
  /** Folders that are writable besides those of the template; `/` for all. */
  readonly writable?: readonly string[];
}

/** The runtime options, as commander parses them. */
export interface RuntimeOptions {
  readonly command?: string;
  readonly runtime?: string;
  readonly quota?: string;
  readonly image?: string;
  readonly dockerfile?: string;
  readonly writable?: readonly string[];
}

/** Adds the runtime options. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .option(
      '--command <command>',
      'the command that starts a task, such as "uvicorn app:app --port $PORT" or "NODE_ENV=production node server.js"; in an image, instead of its CMD (default: the CMD of the Dockerfile of the image in the template, run in the directory of the Dockerfile; without a template, the reference service)',
    )
    .option('--image <name>', 'the image of a task, run by docker or podman (default: that of the template, built if it is an asset)')
    .option('--dockerfile <file>', 'a Dockerfile to build the image of a task with; with --runtime process its CMD runs in its directory')
    .option(
      '--runtime <kind>',
      `how a task runs: ${RUNTIMES.join(', ')} (default: process; with --image or --dockerfile, the engine that runs on this machine)`,
    )
    .option('--writable <directory>', 'a directory of the container that is writable, / for all of them; repeatable', collectRepeated)
    .option(
      '--quota <method>',
      `how the CPU of a process is limited: ${QUOTA_CHOICES.map((choice) => (choice === 'sigstop' ? 'sigstop (pauses the process with SIGSTOP)' : choice)).join(', ')} (default: auto, which is cgroup if permitted, otherwise sigstop)`,
    );
}

/** Reads the runtime options. */
export function runtimeChoiceOf({ runtime, quota, image, dockerfile, writable, command }: RuntimeOptions): RuntimeChoice {
  throwIfAny([
    ...(image !== undefined && dockerfile !== undefined
      ? [`--image cannot be combined with --dockerfile, got '${image}' and '${dockerfile}'`]
      : []),
    ...(image?.trim() === '' ? ["--image must be the name of an image, such as 'nginx:1.27', got ''"] : []),
    ...(writable ?? [])
      .filter((directory) => !directory.startsWith('/'))
      .map((directory) => `--writable must be a directory of the container that starts with '/', got '${directory}'`),
  ]);
  const kind = runtime === undefined ? defaultRuntime({ image, dockerfile }) : oneOf('--runtime', RUNTIMES, runtime);
  if (kind === 'process') {
    const containerOnly = { '--image': image, '--writable': writable?.[0] };
    throwIfAny(
      Object.entries(containerOnly).flatMap(([option, value]) =>
        value === undefined ? [] : [`${option} must go with --runtime docker or podman, got '${value}' with process`],
      ),
    );
    return { kind, quota: quota === undefined ? 'auto' : oneOf('--quota', QUOTA_CHOICES, quota), command, dockerfile };
  }
  throwIfAny(
    quota === undefined ? [] : [`--quota must go with --runtime process, got '${quota}' with ${kind}, whose engine limits the CPU`],
  );
  return { kind, image, dockerfile, command, writable };
}

/** An image needs an engine: the first one that runs. */
function defaultRuntime({ image, dockerfile }: Pick<RuntimeOptions, 'image' | 'dockerfile'>): (typeof RUNTIMES)[number] {
  if (image === undefined && dockerfile === undefined) return 'process';
  const engine = findRunningEngine();
  if (engine !== undefined) return engine;
  throw new InputError([
    image === undefined
      ? `--dockerfile needs docker or podman, and neither runs here: start one, or use --runtime process to run the CMD of ${dockerfile} in its directory`
      : `--image needs docker or podman, and neither runs here: start one, or run the program as a process with --command`,
  ]);
}

function oneOf<Name extends string>(option: string, names: readonly Name[], value: string): Name {
  const name = names.find((candidate) => candidate === value);
  if (name === undefined) throw new InputError([`${option} must be one of ${names.join(', ')}, got '${value}'`]);
  return name;
}
