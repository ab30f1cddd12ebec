import { killGroup } from './process-group';
import type { TaskExit } from './task-exit';
import type { TaskReport, TaskRequest } from './task-messages';
import type { TaskProcess } from './task-process';

/** A task as the tool sees it: what the keeper last said of it. */
export class StartedTask implements TaskProcess {
  public readonly exited: Promise<TaskExit>;
  public cpuSeconds = 0;
  public memoryMiB: number | undefined;
  public lastOutput = '';
  private resolveExit: (exit: TaskExit) => void = () => {};

  public constructor(
    private readonly names: { readonly number: number; readonly processId: number; readonly port: number },
    private readonly ask: (request: TaskRequest) => void,
  ) {
    this.exited = new Promise((resolve) => {
      this.resolveExit = resolve;
    });
  }

  /** The process that ends with it. */
  public get processId(): number {
    return this.names.processId;
  }

  public get port(): number {
    return this.names.port;
  }

  public stop(stopTimeoutSeconds: number): Promise<TaskExit> {
    this.ask({ kind: 'stop', task: this.names.number, stopTimeoutSeconds });
    return this.exited;
  }

  public kill(): void {
    this.ask({ kind: 'kill', task: this.names.number });
  }

  public freeze(): void {
    this.ask({ kind: 'freeze', task: this.names.number });
  }

  public thaw(): void {
    this.ask({ kind: 'thaw', task: this.names.number });
  }

  public setSpeedShare(share: number): void {
    this.ask({ kind: 'set-speed', task: this.names.number, share });
  }

  public fillMemory(): void {
    this.ask({ kind: 'fill-memory', task: this.names.number });
  }

  public update(report: TaskReport): void {
    this.cpuSeconds = report.cpuSeconds;
    this.memoryMiB = report.memoryMiB;
    this.lastOutput = report.lastOutput ?? this.lastOutput;
  }

  public end(exit: TaskExit): void {
    this.lastOutput = exit.lastOutput;
    this.resolveExit(exit);
  }

  /** Ends its processes from here, because the keeper no longer can. Nobody is left to say how it ended, but it was killed. */
  public endFromHere(): void {
    killGroup(this.processId);
    this.endKilled();
  }

  public endKilled(): void {
    this.end({ code: null, signal: 'SIGKILL', isOutOfMemory: false, lastOutput: this.lastOutput });
  }
}
