import type { Command } from 'commander';
import { QUOTA_CHOICES, type QuotaChoice } from '../../rehearsal/task-runtime/limits/limiter-choice';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../../rehearsal/task-runtime/task-container';
import { InputError, throwIfAny } from '../../src/parse/input-error';

const RUNTIMES = ['process', ...CONTAINER_ENGINES] as const;

/** The runtime of the tasks. */
export type RuntimeChoice =
  | { readonly kind: 'process'; readonly quota: QuotaChoice; readonly command?: string }
  | { readonly kind: ContainerEngineName; readonly image?: string };

/** The runtime options, as commander parses them. */
export interface RuntimeOptions {
  readonly command?: string;
  readonly runtime?: string;
  readonly quota?: string;
  readonly image?: string;
}

/** Adds the runtime options. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .option(
      '--command <command>',
      'the command that starts a task (default: the CMD of the Dockerfile of the image in the template, run in the directory of the Dockerfile; without a template, the reference service)',
    )
    .option('--runtime <kind>', `how a task runs: ${RUNTIMES.join(', ')} (default: process)`)
    .option('--image <name>', 'with docker or podman, the image of a task (default: that of the template, built if it is an asset)')
    .option(
      '--quota <method>',
      `how the CPU of a process is limited: ${QUOTA_CHOICES.map((choice) => (choice === 'sigstop' ? 'sigstop (pauses the process with SIGSTOP)' : choice)).join(', ')} (default: auto, which is cgroup if permitted, otherwise sigstop)`,
    );
}

/** Reads the runtime options. */
export function runtimeChoiceOf({ runtime = 'process', quota, image, command }: RuntimeOptions): RuntimeChoice {
  const kind = oneOf('--runtime', RUNTIMES, runtime);
  if (kind === 'process') {
    throwIfAny(image === undefined ? [] : [`--image must go with --runtime docker or podman, got '${image}' with process`]);
    return { kind, quota: quota === undefined ? 'auto' : oneOf('--quota', QUOTA_CHOICES, quota), command };
  }
  throwIfAny([
    ...(quota === undefined ? [] : [`--quota must go with --runtime process, got '${quota}' with ${kind}, whose engine limits the CPU`]),
    ...(command === undefined ? [] : [`--command must go with --runtime process, got '${command}' with ${kind}, which starts an image`]),
  ]);
  return { kind, image };
}

function oneOf<Name extends string>(option: string, names: readonly Name[], value: string): Name {
  const name = names.find((candidate) => candidate === value);
  if (name === undefined) throw new InputError([`${option} must be one of ${names.join(', ')}, got '${value}'`]);
  return name;
}
