import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Cancel, Time } from '../../../src/time/time';
import { CpuQuota, type CpuShare } from './cpu-quota';
import type { CpuReading } from './cpu-reading';
import { LastOutput } from './last-output';
import { PausableGroup } from './pausable-group';
import { killGroup, signalProcess } from './process-group';
import type { TaskExit } from './task-exit';

/** How long to wait for the rest of the output when something that left the task's group still holds its end open. */
const OUTPUT_SECONDS = 1;

/** A process whose output is read and whose input is empty. */
export type TaskChild = ChildProcessByStdio<null, Readable, Readable>;

/** A running task: its processes, its quota, and what it says. */
export class KeptTask {
  public readonly output = new LastOutput();
  public readonly exited: Promise<TaskExit>;
  public readonly processId: number;
  private readonly group: PausableGroup;
  private readonly reading: CpuReading;
  private readonly quota: CpuQuota;
  private usedSeconds = 0;
  private hasEnded = false;
  private cancelKill: Cancel | undefined;

  public constructor(
    private readonly time: Time,
    private readonly child: TaskChild,
    share: CpuShare,
    readingOf: (group: PausableGroup) => CpuReading,
  ) {
    this.processId = child.pid!;
    this.group = new PausableGroup(time, this.processId);
    this.reading = readingOf(this.group);
    this.output.follow(child.stdout);
    this.output.follow(child.stderr);
    this.exited = this.untilExit();
    this.quota = new CpuQuota(time, this.limited(), share);
  }

  /** CPU seconds used since the start. An estimate that turns out too high is kept until the task has used as much. */
  public cpuSeconds(): number {
    if (!this.hasEnded) this.usedSeconds = Math.max(this.usedSeconds, this.reading.read());
    return this.usedSeconds;
  }

  /** Signals the process that the command started, as ECS does; a pause holds everything that it started as well. */
  public signal(signal: NodeJS.Signals): void {
    if (this.hasEnded) return;
    if (signal === 'SIGSTOP') this.group.pause('fault');
    else if (signal === 'SIGCONT') this.group.resume('fault');
    else signalProcess(this.processId, signal);
  }

  /** Asks the task to end, and ends it when the time it was given has passed. Its quota holds meanwhile. */
  public stop(stopTimeoutSeconds: number): void {
    if (this.hasEnded || this.cancelKill) return;
    signalProcess(this.processId, 'SIGTERM');
    this.cancelKill = this.time.after(stopTimeoutSeconds, () => this.kill());
  }

  public kill(): void {
    if (!this.hasEnded) killGroup(this.processId);
  }

  private limited() {
    return {
      cpuSeconds: () => this.reading.read(),
      pause: () => this.group.pause('quota'),
      resume: () => this.group.resume('quota'),
    };
  }

  private async untilExit(): Promise<TaskExit> {
    const closed = once(this.child, 'close');
    const [code, signal] = await once(this.child, 'exit');
    this.end();
    await Promise.race([closed, new Promise<void>((resolve) => this.time.after(OUTPUT_SECONDS, resolve))]);
    return { code, signal, lastOutput: this.output.text };
  }

  /** A container ends with the process it was started with, and takes all others with it. */
  private end(): void {
    this.cpuSeconds();
    this.kill();
    this.hasEnded = true;
    this.quota.stop();
    this.reading.close();
    this.cancelKill?.();
  }
}
