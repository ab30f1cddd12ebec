import type { TaskSize } from '../../../src/plan/task-size';
import { freePort } from './free-port';
import type { QuotaChoice } from './quota-choice';
import { type TaskCommand, taskEnvironment } from './task-command';
import type { TaskProcess } from './task-process';
import { TaskProcesses } from './task-processes';
import type { TaskRuntime } from './task-runtime';

/** Runs the tasks of a service as processes of this machine. */
export class ProcessRuntime implements TaskRuntime {
  public readonly description: string;
  public readonly lost: Promise<never>;

  /** Starts what keeps the tasks. Call `stop` when done, or this process does not end. */
  public static async start(command: TaskCommand, size: TaskSize, quota: QuotaChoice = 'auto'): Promise<ProcessRuntime> {
    return new ProcessRuntime(await TaskProcesses.start({ runtime: 'process', quota }), command, size);
  }

  private constructor(
    private readonly processes: TaskProcesses,
    private readonly command: TaskCommand,
    private readonly size: TaskSize,
  ) {
    this.description = processes.description;
    this.lost = processes.lost;
  }

  public async run(): Promise<TaskProcess> {
    const port = await freePort();
    const environment = taskEnvironment({ ...this.command.environment, PORT: String(port) });
    const command = { ...this.command, environment };
    return this.processes.run({ kind: 'process', command }, this.size, port);
  }

  public stop(): Promise<void> {
    return this.processes.stop();
  }
}
