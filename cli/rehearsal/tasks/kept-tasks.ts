import { InvalidInput } from '../../../src/plan/invalid-input';
import { every } from '../../../src/time/every';
import type { Cancel, Time } from '../../../src/time/time';
import { WINDOW_SECONDS } from './cpu-quota';
import type { KeptTask } from './kept-task';
import type { KeeperNews, TaskDeed, TaskReport, TaskRequest } from './task-messages';
import type { TaskStarter } from './task-starter';

/** All tasks of one rehearsal, by the numbers that the tool gave them. */
export class KeptTasks {
  private readonly tasks = new Map<number, KeptTask>();
  private readonly stopReports: Cancel;

  public constructor(
    time: Time,
    private readonly starter: TaskStarter,
    private readonly tell: (news: KeeperNews) => void,
  ) {
    this.stopReports = every(time, { firstAtSeconds: WINDOW_SECONDS, periodSeconds: WINDOW_SECONDS }, () => this.report());
  }

  public obey(request: TaskRequest): void {
    const task = this.tasks.get(request.task);
    if (request.kind === 'run') this.run(request);
    else if (task !== undefined) deal(task, request);
  }

  /** Ends every task, and waits until the last one has gone. */
  public async kill(): Promise<void> {
    const exits = [...this.tasks.values()].map((task) => task.exited);
    this.killNow();
    await Promise.all(exits);
    this.stopReports();
  }

  /** Ends every task without waiting for events, which a process that is about to exit cannot afford, and leaves nothing of them. */
  public close(): void {
    this.killNow();
    this.starter.close();
  }

  private killNow(): void {
    for (const task of this.tasks.values()) task.kill();
  }

  private run({ task, launch, size }: Extract<TaskRequest, { kind: 'run' }>): void {
    this.starter.start(task, launch, size).then(
      (started) => this.keep(task, started),
      (error: Error) => this.tell({ kind: 'refused', task, mistakes: error instanceof InvalidInput ? error.mistakes : [error.message] }),
    );
  }

  private keep(number: number, task: KeptTask): void {
    this.tasks.set(number, task);
    this.tell({ kind: 'started', task: number, processId: task.processId });
    task.exited.then((exit) => {
      this.tasks.delete(number);
      // a short life would otherwise end with what was last reported of it.
      this.tell({ kind: 'used', tasks: [reportOf(number, task)] });
      this.tell({ kind: 'exited', task: number, exit });
    });
  }

  private report(): void {
    if (this.tasks.size === 0) return;
    this.tell({ kind: 'used', tasks: [...this.tasks].map(([number, task]) => reportOf(number, task)) });
  }
}

function deal(task: KeptTask, request: Exclude<TaskRequest, { kind: 'run' }>): void {
  if (request.kind === 'stop') task.stop(request.stopTimeoutSeconds);
  else if (request.kind === 'set-speed') task.setSpeed(request.share);
  else DEEDS[request.kind](task);
}

const DEEDS: Readonly<Record<TaskDeed, (task: KeptTask) => void>> = {
  kill: (task) => task.kill(),
  freeze: (task) => task.freeze(),
  thaw: (task) => task.thaw(),
  'fill-memory': (task) => task.fillMemory(),
};

function reportOf(number: number, task: KeptTask): TaskReport {
  return { task: number, cpuSeconds: task.cpuSeconds(), memoryMiB: task.watchMemory(), lastOutput: task.output.takeNews() };
}
