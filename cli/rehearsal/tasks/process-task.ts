import { once } from 'node:events';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Cancel, Time } from '../../../src/time/time';
import type { ConfinedChild, Confinement, TaskChild } from './confinement';
import type { KeptTask } from './kept-task';
import { LastOutput } from './last-output';
import { spawnMemoryHog } from './memory-hog';
import { signalProcess } from './process-group';
import { SlowedCpu } from './slowed-cpu';
import type { TaskExit } from './task-exit';

/** How long to wait for the rest of the output when something that left the task's group still holds its end open. */
const OUTPUT_SECONDS = 1;

/** A task that is a process of this machine, with everything that it starts. */
export class ProcessTask implements KeptTask {
  public readonly output = new LastOutput();
  public readonly exited: Promise<TaskExit>;
  public readonly processId: number;
  private readonly child: TaskChild;
  private readonly confinement: Confinement;
  private readonly cpu: SlowedCpu;
  private hasEnded = false;
  private isOutOfMemory = false;
  private cancelKill: Cancel | undefined;

  public constructor(
    private readonly time: Time,
    { child, confinement }: ConfinedChild,
    private readonly size: TaskSize,
  ) {
    this.child = child;
    this.confinement = confinement;
    this.processId = child.pid!;
    this.cpu = new SlowedCpu(() => confinement.cpuSeconds());
    this.output.follow(child.stdout);
    this.output.follow(child.stderr);
    this.exited = this.untilExit();
  }

  public cpuSeconds(): number {
    return this.hasEnded ? this.cpu.lastSeconds : this.cpu.read();
  }

  public watchMemory(): number | undefined {
    if (this.hasEnded) return undefined;
    if (this.confinement.isOutOfMemory()) {
      this.isOutOfMemory = true;
      this.kill();
    }
    return this.confinement.memoryMiB();
  }

  /** Only the process that the command started is asked, as ECS asks only the first process of a container. */
  public stop(stopTimeoutSeconds: number): void {
    if (this.hasEnded || this.cancelKill) return;
    signalProcess(this.processId, 'SIGTERM');
    this.cancelKill = this.time.after(stopTimeoutSeconds, () => this.kill());
  }

  public kill(): void {
    if (!this.hasEnded) this.confinement.kill();
  }

  public freeze(): void {
    if (!this.hasEnded) this.confinement.freeze();
  }

  public thaw(): void {
    if (!this.hasEnded) this.confinement.thaw();
  }

  public setSpeed(share: number): void {
    if (this.hasEnded) return;
    this.cpu.setSpeed(share);
    this.confinement.setVcpu(vcpuOf(this.size) * share);
  }

  public fillMemory(): void {
    if (!this.hasEnded) this.confinement.add(spawnMemoryHog);
  }

  private async untilExit(): Promise<TaskExit> {
    const closed = once(this.child, 'close');
    const [code, signal] = await once(this.child, 'exit');
    this.end();
    await Promise.race([closed, new Promise<void>((resolve) => this.time.after(OUTPUT_SECONDS, resolve))]);
    return { code, signal, isOutOfMemory: this.isOutOfMemory, lastOutput: this.output.text };
  }

  /** A container ends with the process it was started with, and takes all others with it. */
  private end(): void {
    this.cpuSeconds();
    this.isOutOfMemory ||= this.confinement.isOutOfMemory();
    this.kill();
    this.hasEnded = true;
    this.confinement.close();
    this.cancelKill?.();
  }
}
