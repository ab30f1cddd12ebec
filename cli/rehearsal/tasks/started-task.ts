import { killGroup } from './process-group';
import type { TaskExit } from './task-exit';
import type { TaskReport, TaskRequest } from './task-messages';
import type { TaskProcess } from './task-process';

/** A task as the tool sees it: what the keeper last said, and where to send requests. */
export class StartedTask implements TaskProcess {
  public readonly exited: Promise<TaskExit>;
  public cpuSeconds = 0;
  public lastOutput = '';
  private resolveExit: (exit: TaskExit) => void = () => {};

  public constructor(
    private readonly number: number,
    public readonly processId: number,
    private readonly ask: (request: TaskRequest) => void,
  ) {
    this.exited = new Promise((resolve) => {
      this.resolveExit = resolve;
    });
  }

  public stop(stopTimeoutSeconds: number): Promise<TaskExit> {
    this.ask({ kind: 'stop', task: this.number, stopTimeoutSeconds });
    return this.exited;
  }

  public signal(signal: NodeJS.Signals): void {
    this.ask({ kind: 'signal', task: this.number, signal });
  }

  public update(report: TaskReport): void {
    this.cpuSeconds = report.cpuSeconds;
    this.lastOutput = report.lastOutput ?? this.lastOutput;
  }

  public end(exit: TaskExit): void {
    this.lastOutput = exit.lastOutput;
    this.resolveExit(exit);
  }

  /** Ends its processes from here, because the keeper no longer can. */
  public kill(): void {
    killGroup(this.processId);
  }

  /** Nobody is left to say how it ended, but it was killed. */
  public endKilled(): void {
    this.end({ code: null, signal: 'SIGKILL', lastOutput: this.lastOutput });
  }
}
