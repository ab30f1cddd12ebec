import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Cancel, Clock } from '../../../src/time/clock';
import type { ControlGroup } from '../limits/cgroup';
import { SlowedCpu } from '../limits/cpu-quota';
import { resultOrUndefined } from '../limits/proc-file';
import { ALLOCATE_MEMORY_SCRIPT, type LastOutput, spawnMemoryAllocator, type TaskChild } from '../process/task-child';
import type { SupervisedTask } from '../supervisor/supervised-task';
import type { TaskExit } from '../task-runtime';
import { type ContainerEngine, formatEngineError } from './container-engine';
import { type ContainerUsage, controlGroupOf, DEFAULT_STOP_SIGNAL, type RunningContainer } from './container-usage';

/** The pause before a container is killed again. */
const RETRY_MILLIS = 100;

/** The parts of a task that runs as a container. */
export interface StartedContainer {
  readonly name: string;
  /** The process of `docker run` or `podman run`, which runs in the foreground and exits with the container. */
  readonly engineProcess: TaskChild;
  /** Resolves when that process has exited and its output is complete. */
  readonly engineProcessClosed: Promise<void>;
  /** The working directory of the engine's long-running commands. */
  readonly folder: string;
  readonly output: LastOutput;
  readonly running: RunningContainer;
  readonly usage: ContainerUsage;
}

/** A task that is a container. Its engine limits it to its size. */
export class ContainerTask implements SupervisedTask {
  public readonly exited: Promise<TaskExit>;
  private readonly cpu: SlowedCpu;
  private hasExited = false;
  private isOutOfMemory = false;
  private isPaused = false;
  private isKilled = false;
  private cancelKill: Cancel | undefined;
  /** The last command of the engine. Commands run one after the other, or an unpause could overtake its pause. */
  private lastCommand: Promise<unknown> = Promise.resolve();

  public constructor(
    private readonly clock: Clock,
    private readonly engine: ContainerEngine,
    private readonly container: StartedContainer,
    private readonly size: TaskSize,
  ) {
    this.cpu = new SlowedCpu(() => container.usage.cpuSeconds);
    this.exited = this.waitForExit();
  }

  public get processId(): number {
    return this.container.engineProcess.pid!;
  }

  public get output(): LastOutput {
    return this.container.output;
  }

  public cpuSeconds(): number {
    return this.hasExited ? this.cpu.lastSeconds : this.cpu.readSlowedSeconds();
  }

  public enforceMemoryLimit(): number | undefined {
    if (this.hasExited) return undefined;
    // the kernel may have killed another process of the container than the first one, with which the container would exit.
    if (this.container.usage.isOutOfMemory) this.killOutOfMemory();
    return this.container.usage.memoryMiB;
  }

  public stop(stopTimeoutSeconds: number): void {
    if (this.hasExited || this.cancelKill) return;
    this.cancelKill = this.clock.after(stopTimeoutSeconds, () => this.kill());
    // as ECS does: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
    this.runCommand(['kill', '--signal', this.container.running.stopSignal ?? DEFAULT_STOP_SIGNAL]);
  }

  /** Repeated until the container has exited: it may not have started yet, or be paused, and some engines cannot kill a paused container. */
  public kill(): void {
    if (this.isKilled || this.hasExited) return;
    this.isKilled = true;
    void this.killUntilExited();
  }

  public pause(): void {
    this.isPaused = true;
    this.runCommand(['pause']);
  }

  public unpause(): void {
    this.isPaused = false;
    this.runCommand(['unpause']);
  }

  public setRelativeSpeed(relativeSpeed: number, cpuShare = 1): void {
    this.runCommand(['update', '--cpus', String(vcpuOf(this.size) * relativeSpeed * cpuShare)], () =>
      this.cpu.setRelativeSpeed(relativeSpeed),
    );
  }

  public exhaustMemory(): void {
    void exhaustContainerMemory(this.engine, this.container).then((isExhausted) => {
      if (isExhausted) this.killOutOfMemory();
      else this.output.append('cannot exhaust the memory: the image has neither node nor sh and tail\n');
    });
  }

  private async killUntilExited(): Promise<void> {
    while (!this.hasExited) {
      if (this.isPaused) await this.engine.run('unpause', this.container.name).catch(() => {});
      await this.engine.run('kill', '--signal', 'KILL', this.container.name).catch(() => {});
      await delay(RETRY_MILLIS);
    }
  }

  private killOutOfMemory(): void {
    if (this.hasExited || this.isKilled) return;
    this.isOutOfMemory = true;
    this.kill();
  }

  private runCommand(args: readonly string[], onDone: () => void = () => {}): void {
    if (this.hasExited) return;
    const { name } = this.container;
    this.lastCommand = this.lastCommand.then(() =>
      this.engine.run(...args, name).then(onDone, (error: Error) => this.recordFailure(args[0]!, error)),
    );
  }

  /** Records a failed command, unless the container has exited since. */
  private async recordFailure(command: string, error: Error): Promise<void> {
    if (!(await this.engine.isRunning(this.container.name))) return;
    this.output.append(`${this.engine.name} ${command} failed: ${formatEngineError(error)}\n`);
  }

  private async waitForExit(): Promise<TaskExit> {
    const { engineProcess, engineProcessClosed, name, output, usage } = this.container;
    await engineProcessClosed;
    this.cpuSeconds();
    this.hasExited = true;
    usage.close();
    this.cancelKill?.();
    const exit = await readExitAndRemove(this.engine, name, engineProcess.exitCode);
    return { ...exit, isOutOfMemory: this.isOutOfMemory || exit.isOutOfMemory, lastOutput: output.text };
  }
}

/** The exit code of a process that a signal has killed is this number plus that of the signal, as in a shell. */
const SIGNAL_EXIT_CODE = 128;

/** Reads how a container exited, and removes it. */
export async function readExitAndRemove(
  engine: ContainerEngine,
  name: string,
  engineExitCode: number | null,
): Promise<Omit<TaskExit, 'lastOutput'>> {
  const state = await engine.run('inspect', '--type', 'container', '--format', STATE_FORMAT, name).catch(() => '');
  await engine.remove(name);
  const [code, isOutOfMemory, isRunning] = state.split(' ');
  // only the process of the engine was killed; removing the container has killed the container as well.
  if (isRunning === 'true') return { code: null, signal: 'SIGKILL', isOutOfMemory: false };
  return { ...codeOrSignal(state === '' ? engineExitCode : Number(code)), isOutOfMemory: isOutOfMemory === 'true' };
}

const STATE_FORMAT = '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Running}}';

/** The exit code, or the signal for a code above 128. */
export function codeOrSignal(code: number | null): Pick<TaskExit, 'code' | 'signal'> {
  const signal = Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - SIGNAL_EXIT_CODE)?.[0];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}

/** Commands that allocate memory without end, for images with Node, or with a shell and `tail`, which buffers all input up to a line end. */
const ALLOCATE_MEMORY_COMMANDS = [
  ['node', '-e', ALLOCATE_MEMORY_SCRIPT],
  ['sh', '-c', 'tail /dev/zero'],
];

/** The exit code for SIGKILL. */
const KILLED_EXIT_CODE = 137;

/**
 * Allocates memory inside a container until the kernel kills the process that does so. Returns whether that was possible.
 *
 * If the image has no suitable program, a process of this machine allocates the memory inside the container's control group, if that
 * is permitted.
 */
export async function exhaustContainerMemory(
  engine: ContainerEngine,
  { name, folder, running }: { readonly name: string; readonly folder: string; readonly running: RunningContainer },
): Promise<boolean> {
  for (const args of ALLOCATE_MEMORY_COMMANDS)
    if ((await exitCodeOf(engine, ['exec', name, ...args], folder)) === KILLED_EXIT_CODE) return true;
  const group = controlGroupOf(running);
  const allocator = spawnMemoryAllocator();
  const isInside = group !== undefined && resultOrUndefined(() => addProcess(group, allocator.pid!)) === true;
  if (!isInside) allocator.kill('SIGKILL');
  await new Promise((resolve) => allocator.once('exit', resolve));
  return isInside;
}

function addProcess(group: ControlGroup, processId: number): true {
  group.addProcess(processId);
  return true;
}

function exitCodeOf(engine: ContainerEngine, args: readonly string[], folder: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = engine.spawn(args, folder);
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => resolve(code ?? undefined));
  });
}
