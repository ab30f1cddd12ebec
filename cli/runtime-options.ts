import type { Command } from 'commander';
import { InvalidInput, refuse } from '../src/plan/invalid-input';
import { QUOTA_CHOICES, type QuotaChoice } from './rehearsal/tasks/quota-choice';
import { CONTAINER_ENGINES, type ContainerEngineName } from './rehearsal/tasks/task-container';

const RUNTIMES = ['process', ...CONTAINER_ENGINES] as const;

/** What runs the tasks. */
export type RuntimeChoice =
  | { readonly kind: 'process'; readonly quota: QuotaChoice; readonly command?: string }
  | { readonly kind: ContainerEngineName; readonly image?: string };

/** What commander makes of the options that say what runs the tasks. */
export interface RuntimeOptions {
  readonly command?: string;
  readonly runtime: string;
  readonly quota?: string;
  readonly image?: string;
}

/** Adds the options that say what runs the tasks. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .option(
      '--command <command>',
      'how a task starts (default: the CMD of the image in the template, in its build folder; without a template, the reference service)',
    )
    .option('--runtime <kind>', `what a task is: ${RUNTIMES.join(', ')}`, 'process')
    .option(
      '--image <name>',
      'with docker or podman, the image that a task runs (default: that of the template, built where it is an asset)',
    )
    .option(
      '--quota <method>',
      `what holds a process to its CPU: ${QUOTA_CHOICES.join(', ')} (default: auto, which is cgroup where that is permitted)`,
    );
}

/** Reads what runs the tasks. */
export function runtimeChoiceOf({ runtime, quota, image, command }: RuntimeOptions): RuntimeChoice {
  const kind = oneOf('--runtime', RUNTIMES, runtime);
  if (kind === 'process') {
    refuse(image === undefined ? [] : [`--image must go with --runtime docker or podman, got '${image}' with process`]);
    return { kind, quota: quota === undefined ? 'auto' : oneOf('--quota', QUOTA_CHOICES, quota), command };
  }
  refuse([
    ...(quota === undefined ? [] : [`--quota must go with --runtime process, got '${quota}' with ${kind}, whose engine keeps the quota`]),
    ...(command === undefined ? [] : [`--command must go with --runtime process, got '${command}' with ${kind}, which starts an image`]),
  ]);
  return { kind, image };
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const name = names.find((candidate) => candidate === given);
  if (name === undefined) throw new InvalidInput([`${option} must be one of ${names.join(', ')}, got '${given}'`]);
  return name;
}
