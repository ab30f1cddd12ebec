import { join } from 'node:path';
import type { TaskCommand } from '../../../../cli/rehearsal/tasks/task-command';

const TASKS = join(__dirname, 'scripts');

/** The command of one of the small programs in the folder `tasks`. */
export function taskOf(name: string, ...given: string[]): TaskCommand {
  return { program: process.execPath, arguments: [join(TASKS, `${name}.mjs`), ...given], workingDirectory: TASKS, environment: {} };
}
