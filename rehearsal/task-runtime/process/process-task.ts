import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { InputError, throwIfAny } from '../../../src/parse/input-error';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Cancel, Clock } from '../../../src/time/clock';
import { SlowedCpu } from '../limits/cpu-quota';
import type { LimitedChild, ResourceLimiter, ResourceLimits } from '../limits/resource-limiter';
import type { SupervisedTask, TaskLaunch, TaskStarter } from '../supervisor/supervised-task';
import { commandErrors, formatSpawnError, type TaskCommand } from '../task-command';
import type { TaskExit } from '../task-runtime';
import { OutputPipes } from './output-pipes';
import { signalProcess } from './process-group';
import { asProcessOne, processOneOf } from './process-namespace';
import { LastOutput, spawnMemoryAllocator } from './task-child';

/** How long to wait for the rest of the output: a process that left the task's process group may still have the pipe open. */
const MAX_OUTPUT_WAIT_SECONDS = 1;

/** A task that is a process of this machine, with the processes that it starts. */
export class ProcessTask implements SupervisedTask {
  public readonly output = new LastOutput();
  public readonly exited: Promise<TaskExit>;
  public readonly processId: number;
  private readonly child: ChildProcess;
  private readonly limits: ResourceLimits;
  private readonly cpu: SlowedCpu;
  private hasExited = false;
  private isOutOfMemory = false;
  private cancelKill: Cancel | undefined;

  public constructor(
    private readonly clock: Clock,
    { child, limits }: LimitedChild,
    private readonly size: TaskSize,
    private readonly pipes: OutputPipes,
    private readonly command: Pick<TaskCommand, 'stopSignal' | 'isProcessOne'>,
  ) {
    this.child = child;
    this.limits = limits;
    this.processId = child.pid!;
    this.cpu = new SlowedCpu(() => limits.cpuSeconds());
    this.output.recordStream(pipes.stdout.readable);
    this.output.recordStream(pipes.stderr.readable);
    this.exited = this.waitForExit();
  }

  public cpuSeconds(): number {
    return this.hasExited ? this.cpu.lastSeconds : this.cpu.readSlowedSeconds();
  }

  public enforceMemoryLimit(): number | undefined {
    if (this.hasExited) return undefined;
    if (this.limits.isOutOfMemory()) {
      this.isOutOfMemory = true;
      this.kill();
    }
    return this.limits.memoryMiB();
  }

  /** Signals only the process that the command started, as ECS signals only the first process of a container. */
  public stop(stopTimeoutSeconds: number): void {
    if (this.hasExited || this.cancelKill) return;
    const { stopSignal = 'SIGTERM', isProcessOne = false } = this.command;
    signalProcess((isProcessOne ? processOneOf(this.processId) : undefined) ?? this.processId, stopSignal);
    this.cancelKill = this.clock.after(stopTimeoutSeconds, () => this.kill());
  }

  public kill(): void {
    if (!this.hasExited) this.limits.kill();
  }

  public pause(): void {
    if (!this.hasExited) this.limits.pause();
  }

  public unpause(): void {
    if (!this.hasExited) this.limits.unpause();
  }

  public setRelativeSpeed(relativeSpeed: number, cpuShare = 1): void {
    if (this.hasExited) return;
    this.cpu.setRelativeSpeed(relativeSpeed);
    this.limits.setVcpu(vcpuOf(this.size) * relativeSpeed * cpuShare);
  }

  public exhaustMemory(): void {
    if (!this.hasExited) this.limits.add(spawnMemoryAllocator);
  }

  private async waitForExit(): Promise<TaskExit> {
    const outputEnded = this.pipes.ended();
    const [code, signal] = await once(this.child, 'exit');
    this.handleExit();
    await Promise.race([outputEnded, new Promise<void>((resolve) => this.clock.after(MAX_OUTPUT_WAIT_SECONDS, resolve))]);
    this.pipes.destroy();
    return { code, signal, isOutOfMemory: this.isOutOfMemory, lastOutput: this.output.text };
  }

  /** Kills all other processes, as the exit of its first process does in a container. */
  private handleExit(): void {
    this.cpuSeconds();
    this.isOutOfMemory ||= this.limits.isOutOfMemory();
    this.kill();
    this.hasExited = true;
    this.limits.close();
    this.cancelKill?.();
  }
}

/** Starts tasks as processes of this machine. */
export class ProcessStarter implements TaskStarter {
  public constructor(
    private readonly clock: Clock,
    private readonly limiter: ResourceLimiter,
  ) {}

  public get description(): string {
    return `processes, ${this.limiter.description}`;
  }

  public async start(taskNumber: number, launch: TaskLaunch, size: TaskSize): Promise<SupervisedTask> {
    if (launch.kind !== 'process') throw new InputError([`a task that runs as a process needs a command, got a ${launch.kind}`]);
    throwIfAny(commandErrors(launch.command));
    const pipes = await OutputPipes.open();
    try {
      const limited = await this.limiter.limit(taskNumber, size, () => spawnCommand(launch.command, pipes));
      return new ProcessTask(this.clock, limited, size, pipes, launch.command);
    } catch (error) {
      pipes.destroy();
      const { syscall, code, message } = error as NodeJS.ErrnoException;
      // other failures are not caused by the command.
      if (syscall?.startsWith('spawn') !== true) throw error;
      throw new InputError([formatSpawnError(launch.command, code ?? message)]);
    } finally {
      pipes.closeWriters();
    }
  }

  public close(): void {
    this.limiter.close();
  }
}

/** Spawns the command in a process group of its own, so that signals can be sent to the whole group. */
function spawnCommand(command: TaskCommand, { stdout, stderr }: OutputPipes): ChildProcess {
  const { workingDirectory, environment, isProcessOne = false } = command;
  const words = [command.program, ...command.arguments];
  const [program, ...args] = isProcessOne ? asProcessOne(words) : words;
  const stdio = ['ignore' as const, stdout.writeDescriptor, stderr.writeDescriptor];
  return spawn(program!, args, { cwd: workingDirectory, env: environment, detached: true, stdio });
}
