import { join } from 'node:path';
import type { StartedTask } from '../../../../cli/rehearsal/tasks/started-task';
import { type TaskCommand, taskEnvironment } from '../../../../cli/rehearsal/tasks/task-command';
import type { TaskProcesses } from '../../../../cli/rehearsal/tasks/task-processes';
import { CPU_UNITS_PER_VCPU } from '../../../../src/plan/task-size';

const TASKS = join(__dirname, 'scripts');

/** The command of one of the small programs in the folder `tasks`. */
export function taskOf(name: string, ...given: string[]): TaskCommand {
  return { program: process.execPath, arguments: [join(TASKS, `${name}.mjs`), ...given], workingDirectory: TASKS, environment: {} };
}

/** Starts a task with a share of a core, that opens no port, and gives it more memory than it takes. */
export function run(processes: TaskProcesses, command: TaskCommand, vcpu: number, memoryMiB = 1024): Promise<StartedTask> {
  const launch = { kind: 'process', command: { ...command, environment: taskEnvironment(command.environment) } } as const;
  return processes.run(launch, { cpu: vcpu * CPU_UNITS_PER_VCPU, memoryMiB }, 1);
}
