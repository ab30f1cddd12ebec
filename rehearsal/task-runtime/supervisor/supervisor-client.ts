import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { InputError, throwIfAny } from '../../../src/parse/input-error';
import type { TaskSize } from '../../../src/plan/task-size';
import { bundledProgram } from '../../bundled-program';
import { killGroup } from '../process/process-group';
import { taskEnvironment } from '../task-command';
import type { TaskExit, TaskHandle } from '../task-runtime';
import type { TaskLaunch } from './supervised-task';
import type { SupervisorCommand, SupervisorEvent, TaskReport } from './supervisor-messages';
import { platformErrors, removeOrphans, type SupervisorOptions } from './task-starters';

/** A task that the supervisor has not yet reported as started. */
interface PendingStart {
  readonly port: number;
  readonly resolve: (task: SupervisedTaskHandle) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Runs tasks on this machine, as processes or as containers, each limited to its CPU quota.
 *
 * A second process, the supervisor, starts them. It outlives this process just long enough to kill every task. If the supervisor is
 * killed instead, this process kills the tasks. Tasks keep running only if both are killed at once; the next supervisor removes them.
 */
export class SupervisorClient {
  /** Rejects if the supervisor exits before `stop` is called; never settles otherwise. */
  public readonly supervisorExited: Promise<never>;
  /** What runs the tasks and what limits their CPU. */
  public description = '';
  private readonly exited: Promise<void>;
  private readonly ready: Promise<void>;
  private resolveReady: () => void = () => {};
  private rejectReady: (reason: Error) => void = () => {};
  private readonly pendingStarts = new Map<number, PendingStart>();
  private readonly tasks = new Map<number, SupervisedTaskHandle>();
  private lastTaskNumber = 0;
  private isStopping = false;

  /**
   * Starts the supervisor. Call `stop` when done, or this process does not exit.
   *
   * @throws InputError if this machine cannot run such tasks.
   */
  public static async start(options: SupervisorOptions): Promise<SupervisorClient> {
    throwIfAny(platformErrors(options));
    const supervisor = fork(bundledProgram('task-supervisor'), [JSON.stringify(options)], {
      // a Ctrl-C in the terminal, or a signal to the command's process group, must not reach the supervisor.
      detached: true,
      // docker and podman find their engine by environment variables, which containers do not inherit.
      env: options.runtime === 'process' ? taskEnvironment({}) : process.env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const client = new SupervisorClient(supervisor, options);
    try {
      await Promise.race([client.ready, client.supervisorExited]);
      return client;
    } catch (error) {
      await client.stop();
      throw error;
    }
  }

  private constructor(
    private readonly supervisor: ChildProcess,
    private readonly options: SupervisorOptions,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.resolveReady = resolve;
      this.rejectReady = reject;
    });
    supervisor.on('message', (event: SupervisorEvent) => this.handleEvent(event));
    const exit = waitForExit(supervisor);
    this.exited = exit.then((reason) => this.handleExit(reason));
    this.supervisorExited = exit.then((reason) =>
      this.isStopping ? new Promise<never>(() => {}) : Promise.reject(supervisorExitError(reason)),
    );
    // avoids unhandled rejections if no one awaits them.
    for (const promise of [this.exited, this.supervisorExited]) promise.catch(() => {});
  }

  /** Starts a task, which listens on a port, and limits it to its size. */
  public async run(launch: TaskLaunch, size: TaskSize, port: number): Promise<SupervisedTaskHandle> {
    this.lastTaskNumber += 1;
    const taskNumber = this.lastTaskNumber;
    return new Promise((resolve, reject) => {
      this.pendingStarts.set(taskNumber, { port, resolve, reject });
      this.send({ kind: 'run', taskNumber, launch, size }, (failure) => failure && reject(failure));
    });
  }

  /** Kills every task, then ends the supervisor, and waits until it has exited. */
  public async stop(): Promise<void> {
    this.isStopping = true;
    if (this.supervisor.connected) this.supervisor.disconnect();
    await this.exited;
  }

  private send(command: SupervisorCommand, onSent: (failure: Error | null) => void = () => {}): void {
    this.supervisor.send(command, onSent);
  }

  private handleEvent(event: SupervisorEvent): void {
    if (event.kind === 'ready') {
      this.description = event.description;
      this.resolveReady();
    }
    if (event.kind === 'unsupported') this.rejectReady(new InputError(event.errors));
    if (event.kind === 'started') this.handleStart(event.taskNumber, event.processId);
    if (event.kind === 'not-started') this.takePendingStart(event.taskNumber)?.reject(new InputError(event.errors));
    if (event.kind === 'usage') for (const report of event.tasks) this.tasks.get(report.taskNumber)?.update(report);
    if (event.kind === 'exited') {
      this.tasks.get(event.taskNumber)?.recordExit(event.exit);
      this.tasks.delete(event.taskNumber);
    }
  }

  private handleStart(taskNumber: number, processId: number): void {
    const start = this.takePendingStart(taskNumber)!;
    const task = new SupervisedTaskHandle({ taskNumber, processId, port: start.port }, (command) => this.send(command));
    this.tasks.set(taskNumber, task);
    start.resolve(task);
  }

  private takePendingStart(taskNumber: number): PendingStart | undefined {
    const start = this.pendingStarts.get(taskNumber);
    this.pendingStarts.delete(taskNumber);
    return start;
  }

  /** Settles every promise that the supervisor can no longer settle. */
  private handleExit(reason: string): void {
    for (const start of this.pendingStarts.values()) start.reject(supervisorExitError(reason));
    for (const task of this.tasks.values()) {
      if (this.isStopping) task.recordKilled();
      else task.killWithoutSupervisor();
    }
    if (!this.isStopping) removeOrphans(this.options);
    this.pendingStarts.clear();
    this.tasks.clear();
  }
}

/** Waits until the supervisor has exited and its last event has arrived, which may be later. Returns the exit code or the signal. */
async function waitForExit(supervisor: ChildProcess): Promise<string> {
  const [[code, signal]] = await Promise.all([once(supervisor, 'exit'), once(supervisor, 'disconnect')]);
  return signal ?? `exit code ${code}`;
}

function supervisorExitError(reason: string): Error {
  return new Error(`the task supervisor ended with ${reason} before the rehearsal did; its tasks have been killed`);
}

/** A task as this process knows it: from the supervisor's last report. */
export class SupervisedTaskHandle implements TaskHandle {
  public readonly exited: Promise<TaskExit>;
  public cpuSeconds = 0;
  public memoryMiB: number | undefined;
  public lastOutput = '';
  public onOutput: (text: string) => void = () => {};
  private resolveExit: (exit: TaskExit) => void = () => {};

  public constructor(
    private readonly identity: { readonly taskNumber: number; readonly processId: number; readonly port: number },
    private readonly send: (command: SupervisorCommand) => void,
  ) {
    this.exited = new Promise((resolve) => {
      this.resolveExit = resolve;
    });
  }

  /** The process with whose exit the task has exited. */
  public get processId(): number {
    return this.identity.processId;
  }

  public get port(): number {
    return this.identity.port;
  }

  public stop(stopTimeoutSeconds: number): Promise<TaskExit> {
    this.send({ kind: 'stop', taskNumber: this.identity.taskNumber, stopTimeoutSeconds });
    return this.exited;
  }

  public kill(): void {
    this.send({ kind: 'kill', taskNumber: this.identity.taskNumber });
  }

  public pause(): void {
    this.send({ kind: 'pause', taskNumber: this.identity.taskNumber });
  }

  public unpause(): void {
    this.send({ kind: 'unpause', taskNumber: this.identity.taskNumber });
  }

  public setRelativeSpeed(relativeSpeed: number, cpuShare = 1): void {
    this.send({ kind: 'set-speed', taskNumber: this.identity.taskNumber, relativeSpeed, cpuShare });
  }

  public exhaustMemory(): void {
    this.send({ kind: 'exhaust-memory', taskNumber: this.identity.taskNumber });
  }

  public update(report: TaskReport): void {
    this.cpuSeconds = report.cpuSeconds;
    this.memoryMiB = report.memoryMiB;
    this.lastOutput = report.lastOutput ?? this.lastOutput;
    if (report.newOutput !== undefined) this.onOutput(report.newOutput);
  }

  public recordExit(exit: TaskExit): void {
    this.lastOutput = exit.lastOutput;
    this.resolveExit(exit);
  }

  /** Kills its processes from this process, because the supervisor has exited. */
  public killWithoutSupervisor(): void {
    killGroup(this.processId);
    this.recordKilled();
  }

  public recordKilled(): void {
    this.recordExit({ code: null, signal: 'SIGKILL', isOutOfMemory: false, lastOutput: this.lastOutput });
  }
}
