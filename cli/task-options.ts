import type { Command } from 'commander';
import { addPathOption, type PathOption } from './path-option';
import { again } from './question';
import { addRuntimeOptions, type RuntimeOptions, runtimeChoiceOf } from './runtime-options';
import { addSourceOptions, NO_TEMPLATE } from './shared-options';
import type { TaskChoice } from './task-source';
import type { TemplateChoice } from './template-source';

/** What commander makes of the options of a command that starts one task. */
export interface TaskOptions extends TemplateChoice, RuntimeOptions, PathOption {
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** Adds the options that say which task is started, and what it is asked for. */
export function addTaskOptions(command: Command): Command {
  return addPathOption(addRuntimeOptions(addSourceOptions(command, NO_TEMPLATE)))
    .option('--set <change>', "what if: 'cpu=512', 'healthCheck.path=/ready' or any number of the plan; may be given again", again)
    .option('--json', 'print the result as JSON, and progress to stderr');
}

/** Reads which task is started. */
export function taskChoiceOf({ app, template, stack, service, set = [], ...options }: TaskOptions): TaskChoice {
  return { app, template, stack, service, runtime: runtimeChoiceOf(options), changes: set };
}
