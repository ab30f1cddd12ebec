import type { TaskSize } from '../../../src/plan/task-size';
import type { QuotaChoice } from '../limits/limiter-choice';
import { SupervisorClient } from '../supervisor/supervisor-client';
import { commandWithPort, type TaskCommand } from '../task-command';
import type { TaskHandle, TaskRunOptions, TaskRuntime } from '../task-runtime';
import { freePort } from './ports';

export { freePort, waitUntilListening } from './ports';

/** Runs the tasks of a service as processes of this machine. */
export class ProcessRuntime implements TaskRuntime {
  public readonly description: string;
  public readonly supervisorExited: Promise<never>;

  /**
   * Starts the supervisor of the tasks, and no task yet: `run` starts one. Call `stop` when done, or this process does not exit.
   *
   * @throws InputError if this machine cannot run tasks as processes.
   */
  public static async start(command: TaskCommand, size: TaskSize, quotaMethod: QuotaChoice = 'auto'): Promise<ProcessRuntime> {
    return new ProcessRuntime(await SupervisorClient.start({ runtime: 'process', quota: quotaMethod }), command, size);
  }

  /** @param supervisor that of these tasks alone, or of others as well, which `stop` ends too. */
  public constructor(
    private readonly supervisor: SupervisorClient,
    private readonly command: TaskCommand,
    private readonly size: TaskSize,
  ) {
    this.description = supervisor.description;
    this.supervisorExited = supervisor.supervisorExited;
  }

  public async run({ isProcessOne = false }: TaskRunOptions = {}): Promise<TaskHandle> {
    const port = await freePort();
    return this.supervisor.run({ kind: 'process', command: { ...commandWithPort(this.command, port), isProcessOne } }, this.size, port);
  }

  public stop(): Promise<void> {
    return this.supervisor.stop();
  }
}
