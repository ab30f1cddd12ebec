import type { Command } from 'commander';
import { throwIfAny } from '../../src/parse/input-error';
import type { TaskSelection } from '../input/chosen-task';
import { changeErrors } from '../input/set-option';
import type { TemplateChoice } from '../input/template-source';
import { addPathOption, type PathOption } from './path-option';
import { collectRepeated } from './repeated-option';
import { addRuntimeOptions, type RuntimeOptions, runtimeChoiceOf } from './runtime-options';
import { addSourceOptions, NO_TEMPLATE_HELP } from './shared-options';

/** The options of a command that starts one task, as commander parses them. */
export interface TaskOptions extends TemplateChoice, RuntimeOptions, PathOption {
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** Adds the options of the task and the paths that are requested. */
export function addTaskOptions(command: Command): Command {
  return addPathOption(addRuntimeOptions(addSourceOptions(command, NO_TEMPLATE_HELP)))
    .option(
      '--set <change>',
      "change a prop of the construct or a setting of the plan, such as 'cpu=512' or 'healthCheck.timeoutSeconds=2'; repeatable",
      collectRepeated,
    )
    .option('--json', 'print the result as JSON, and progress to stderr');
}

/** Reads the options of the task. */
export function taskSelectionOf({ set = [], ...options }: TaskOptions): TaskSelection {
  // before an app is synthesized, which takes a while.
  throwIfAny(changeErrors(set));
  const { app, template, stack, service, parameter, parametersFile } = options;
  return { app, template, stack, service, parameter, parametersFile, runtime: runtimeChoiceOf(options), changes: set };
}
