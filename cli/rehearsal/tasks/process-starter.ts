import { spawn } from 'node:child_process';
import { InvalidInput, refuse } from '../../../src/plan/invalid-input';
import type { TaskSize } from '../../../src/plan/task-size';
import type { Time } from '../../../src/time/time';
import type { ConfinementMethod, TaskChild } from './confinement';
import type { KeptTask } from './kept-task';
import { ProcessTask } from './process-task';
import { commandMistakes, refusal, type TaskCommand } from './task-command';
import type { TaskLaunch, TaskStarter } from './task-starter';

/** Starts tasks as processes of this machine. */
export class ProcessStarter implements TaskStarter {
  public constructor(
    private readonly time: Time,
    private readonly method: ConfinementMethod,
  ) {}

  public get description(): string {
    return `processes, ${this.method.description}`;
  }

  public async start(number: number, launch: TaskLaunch, size: TaskSize): Promise<KeptTask> {
    if (launch.kind !== 'process') throw new InvalidInput([`a process must have a command, got a ${launch.kind}`]);
    refuse(commandMistakes(launch.command));
    try {
      const confined = await this.method.confine(number, size, () => spawned(launch.command));
      return new ProcessTask(this.time, confined, size);
    } catch (error) {
      const { syscall, code, message } = error as NodeJS.ErrnoException;
      // what else may fail is no mistake of the command.
      if (syscall?.startsWith('spawn') !== true) throw error;
      throw new InvalidInput([refusal(launch.command, code ?? message)]);
    }
  }

  public close(): void {
    this.method.close();
  }
}

/** In a process group of its own, which the task's quota and its end then apply to as a whole. */
function spawned({ program, arguments: given, workingDirectory, environment }: TaskCommand): TaskChild {
  return spawn(program, given, { cwd: workingDirectory, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}
