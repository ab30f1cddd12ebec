import { setTimeout as pass } from 'node:timers/promises';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Cancel, Time } from '../../../src/time/time';
import type { TaskChild } from './confinement';
import { type ContainerEngine, refusalInWords } from './container-engine';
import { containerExit } from './container-exit';
import { fillContainerMemory } from './container-memory-hog';
import type { ContainerUsage, RunningContainer } from './container-usage';
import type { KeptTask } from './kept-task';
import type { LastOutput } from './last-output';
import { SlowedCpu } from './slowed-cpu';
import type { TaskExit } from './task-exit';

/** The pause before what an engine could not do is tried again. */
const PAUSE_MILLIS = 100;

/** What a task that runs as a container consists of. */
export interface StartedContainer {
  readonly name: string;
  /** The engine's command that runs it in the foreground, and ends with it. */
  readonly client: TaskChild;
  /** Settles when that command has ended. */
  readonly closed: Promise<void>;
  /** Where commands of the engine are run that stay. */
  readonly folder: string;
  readonly output: LastOutput;
  readonly running: RunningContainer;
  readonly usage: ContainerUsage;
}

/** A task that is a container. Its engine holds it to its size. */
export class ContainerTask implements KeptTask {
  public readonly exited: Promise<TaskExit>;
  private readonly cpu: SlowedCpu;
  private hasEnded = false;
  private isOutOfMemory = false;
  private isFrozen = false;
  private isKilled = false;
  private cancelKill: Cancel | undefined;
  /** One thing after the other, or a thaw could overtake its freeze. */
  private told: Promise<unknown> = Promise.resolve();

  public constructor(
    private readonly time: Time,
    private readonly engine: ContainerEngine,
    private readonly container: StartedContainer,
    private readonly size: TaskSize,
  ) {
    this.cpu = new SlowedCpu(() => container.usage.cpuSeconds);
    this.exited = this.untilExit();
  }

  public get processId(): number {
    return this.container.client.pid!;
  }

  public get output(): LastOutput {
    return this.container.output;
  }

  public cpuSeconds(): number {
    return this.hasEnded ? this.cpu.lastSeconds : this.cpu.read();
  }

  public watchMemory(): number | undefined {
    if (this.hasEnded) return undefined;
    // the kernel may have ended another process of the container than the one that ECS would miss.
    if (this.container.usage.isOutOfMemory) this.endOutOfMemory();
    return this.container.usage.memoryMiB;
  }

  public stop(stopTimeoutSeconds: number): void {
    if (this.hasEnded || this.cancelKill) return;
    this.cancelKill = this.time.after(stopTimeoutSeconds, () => this.kill());
    this.tell(['kill', '--signal', 'TERM']);
  }

  /** Again and again: it may only just be being started, or stand still, which some engines do not end. */
  public kill(): void {
    if (this.isKilled || this.hasEnded) return;
    this.isKilled = true;
    void this.killUntilEnded();
  }

  public freeze(): void {
    this.isFrozen = true;
    this.tell(['pause']);
  }

  public thaw(): void {
    this.isFrozen = false;
    this.tell(['unpause']);
  }

  public setSpeed(share: number): void {
    this.tell(['update', '--cpus', String(vcpuOf(this.size) * share)], () => this.cpu.setSpeed(share));
  }

  public fillMemory(): void {
    void fillContainerMemory(this.engine, this.container).then((isFilled) => {
      if (isFilled) this.endOutOfMemory();
      else this.output.add('nothing in the image can fill its memory: neither node nor sh and tail\n');
    });
  }

  private async killUntilEnded(): Promise<void> {
    while (!this.hasEnded) {
      if (this.isFrozen) await this.engine.ask('unpause', this.container.name).catch(() => {});
      await this.engine.ask('kill', '--signal', 'KILL', this.container.name).catch(() => {});
      await pass(PAUSE_MILLIS);
    }
  }

  private endOutOfMemory(): void {
    if (this.hasEnded || this.isKilled) return;
    this.isOutOfMemory = true;
    this.kill();
  }

  private tell(words: readonly string[], whenDone: () => void = () => {}): void {
    if (this.hasEnded) return;
    const { name } = this.container;
    this.told = this.told.then(() => this.engine.ask(...words, name).then(whenDone, (error: Error) => this.noteRefusal(words[0]!, error)));
  }

  /** That it has ended meanwhile is no failure. */
  private async noteRefusal(word: string, error: Error): Promise<void> {
    if (!(await this.engine.isRunning(this.container.name))) return;
    this.output.add(`${this.engine.name} ${word} must work on a running task, got: ${refusalInWords(error)}\n`);
  }

  private async untilExit(): Promise<TaskExit> {
    const { client, closed, name, output, usage } = this.container;
    await closed;
    this.cpuSeconds();
    this.hasEnded = true;
    usage.close();
    this.cancelKill?.();
    const exit = await containerExit(this.engine, name, client.exitCode);
    return { ...exit, isOutOfMemory: this.isOutOfMemory || exit.isOutOfMemory, lastOutput: output.text };
  }
}
