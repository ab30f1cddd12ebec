import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { every } from '../../../src/time/every';
import type { Time } from '../../../src/time/time';
import { WINDOW_SECONDS } from './cpu-quota';
import type { CpuReading } from './cpu-reading';
import { KeptTask, type TaskChild } from './kept-task';
import type { PausableGroup } from './pausable-group';
import type { TaskCommand } from './task-command';
import type { KeeperNews, TaskReport, TaskRequest } from './task-messages';

/** Multiples of the golden ratio's fraction never fall close together, however many there are. */
const GOLDEN_FRACTION = (Math.sqrt(5) - 1) / 2;

/** All tasks of one rehearsal, by the numbers that the tool gave them. */
export class KeptTasks {
  private readonly tasks = new Map<number, KeptTask>();

  public constructor(
    private readonly time: Time,
    private readonly readingOf: (group: PausableGroup) => CpuReading,
    private readonly tell: (news: KeeperNews) => void,
  ) {
    every(time, { firstAtSeconds: WINDOW_SECONDS, periodSeconds: WINDOW_SECONDS }, () => this.report());
  }

  public obey(request: TaskRequest): void {
    if (request.kind === 'run') this.run(request);
    else if (request.kind === 'signal') this.tasks.get(request.task)?.signal(request.signal);
    else this.tasks.get(request.task)?.stop(request.stopTimeoutSeconds);
  }

  /** Ends every task, and waits until the last one has gone. */
  public async kill(): Promise<void> {
    const exits = [...this.tasks.values()].map((task) => task.exited);
    this.killNow();
    await Promise.all(exits);
  }

  /** Ends every task without a wait, which a process that is about to exit cannot afford. */
  public killNow(): void {
    for (const task of this.tasks.values()) task.kill();
  }

  private run({ task, command, vcpu }: Extract<TaskRequest, { kind: 'run' }>): void {
    const share = { vcpu, phase: (task * GOLDEN_FRACTION) % 1 };
    start(command).then(
      (child) => this.keep(task, new KeptTask(this.time, child, share, this.readingOf)),
      (error: NodeJS.ErrnoException) => this.tell({ kind: 'refused', task, code: error.code ?? error.message }),
    );
  }

  private keep(number: number, task: KeptTask): void {
    this.tasks.set(number, task);
    this.tell({ kind: 'started', task: number, processId: task.processId });
    task.exited.then((exit) => {
      this.tasks.delete(number);
      this.tell({ kind: 'exited', task: number, exit });
    });
  }

  private report(): void {
    if (this.tasks.size === 0) return;
    this.tell({ kind: 'used', tasks: [...this.tasks].map(([number, task]) => reportOf(number, task)) });
  }
}

function reportOf(number: number, task: KeptTask): TaskReport {
  return { task: number, cpuSeconds: task.cpuSeconds(), lastOutput: task.output.takeNews() };
}

/** Starts a task in a process group of its own, which its quota and its end then apply to as a whole. */
async function start({ program, arguments: given, workingDirectory, environment }: TaskCommand): Promise<TaskChild> {
  const child = spawn(program, given, {
    cwd: workingDirectory,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  return child;
}
