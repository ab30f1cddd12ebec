import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { again } from './question';
import { addRuntimeOptions, type RuntimeOptions, runtimeChoiceOf } from './runtime-options';
import { addSourceOptions } from './shared-options';
import type { TaskChoice } from './task-source';
import type { TemplateChoice } from './template-source';

/** What commander makes of the options of a command that starts one task. */
export interface TaskOptions extends TemplateChoice, RuntimeOptions {
  readonly path?: readonly string[];
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** Adds the options that say which task is started, and what it is asked for. */
export function addTaskOptions(command: Command): Command {
  return addRuntimeOptions(addSourceOptions(command, ', or no template: the defaults of the construct'))
    .option(
      '--command <command>',
      'how the task starts (default: the CMD of the image in the template; without one, the reference service)',
    )
    .option('--path <path>', 'a path to request; may be given again', again)
    .option('--set <change>', "what if: 'cpu=512', 'healthCheck.path=/ready' or any number of the plan; may be given again", again)
    .option('--json', 'print the result as JSON, and progress to stderr');
}

/** Reads which task is started. */
export function taskChoiceOf({ app, template, stack, service, set = [], ...options }: TaskOptions): TaskChoice {
  return { app, template, stack, service, runtime: runtimeChoiceOf(options), changes: set };
}

/** Reads the paths. */
export function pathsGiven({ path }: Pick<TaskOptions, 'path'>): readonly string[] | undefined {
  const wrong = path?.find((given) => !given.startsWith('/'));
  if (wrong !== undefined) throw new InvalidInput([`--path must start with '/', got '${wrong}'`]);
  return path;
}
