import { join } from 'node:path';
import type { SupervisedTaskHandle, SupervisorClient } from '../../../rehearsal/task-runtime/supervisor/supervisor-client';
import { type TaskCommand, taskEnvironment } from '../../../rehearsal/task-runtime/task-command';
import { CPU_UNITS_PER_VCPU } from '../../../src/plan/task-size';

const TASKS = join(__dirname, 'scripts');

/** The command of one of the small programs in the folder `scripts`. */
export function taskOf(name: string, ...given: string[]): TaskCommand {
  return { program: process.execPath, arguments: [join(TASKS, `${name}.mjs`), ...given], workingDirectory: TASKS, environment: {} };
}

/** Starts a task that opens no port, with a CPU quota and with more memory than it needs. */
export function run(supervisor: SupervisorClient, command: TaskCommand, vcpu: number, memoryMiB = 1024): Promise<SupervisedTaskHandle> {
  const launch = { kind: 'process', command: { ...command, environment: taskEnvironment(command.environment) } } as const;
  return supervisor.run(launch, { cpu: vcpu * CPU_UNITS_PER_VCPU, memoryMiB }, 1);
}
