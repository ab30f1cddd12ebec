import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { InvalidInput, refuse } from '../../../src/plan/invalid-input';
import { bundledProgram } from '../bundled-program';
import { quotaMethod } from './quota-method';
import { StartedTask } from './started-task';
import { commandMistakes, refusal, type TaskCommand, taskEnvironment } from './task-command';
import type { TaskExit } from './task-exit';
import type { KeeperNews, TaskRequest } from './task-messages';
import type { TaskProcess } from './task-process';

export type { TaskCommand } from './task-command';
export type { TaskExit } from './task-exit';
export type { TaskProcess } from './task-process';

/** Someone waits for the keeper to say that a task has started. */
interface Start {
  readonly command: TaskCommand;
  readonly resolve: (task: TaskProcess) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Runs tasks as processes of this machine, each held to its CPU quota.
 *
 * A second process, the keeper, does so, and outlives this one just long enough
 * to end every task. Should the keeper be the one that is killed, the tasks are
 * ended from here. Only if both are killed at once can a task be left behind.
 */
export class TaskProcesses {
  /** Rejects if the keeper ends although nobody stopped it; never settles otherwise. */
  public readonly lost: Promise<never>;
  private readonly gone: Promise<void>;
  private readonly starts = new Map<number, Start>();
  private readonly tasks = new Map<number, StartedTask>();
  private asked = 0;
  private isStopping = false;

  /** Starts the keeper. Call `stop` when done, or this process does not end. */
  public static async start(): Promise<TaskProcesses> {
    quotaMethod();
    const keeper = fork(bundledProgram('task-keeper'), [], {
      // a Ctrl-C in the terminal, or a kill of the tool's process group, is not for the keeper.
      detached: true,
      env: taskEnvironment({}),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const processes = new TaskProcesses(keeper);
    await Promise.race([once(keeper, 'message'), processes.lost]);
    return processes;
  }

  private constructor(private readonly keeper: ChildProcess) {
    keeper.on('message', (news: KeeperNews) => this.hear(news));
    const ending = untilGone(keeper);
    this.gone = ending.then((how) => this.settle(how));
    this.lost = ending.then((how) => (this.isStopping ? new Promise<never>(() => {}) : Promise.reject(lossOf(how))));
    // whoever cares waits for them; nobody has to.
    for (const ended of [this.gone, this.lost]) ended.catch(() => {});
  }

  /** Starts a task and holds it to so many cores. */
  public async run(command: TaskCommand, vcpu: number): Promise<TaskProcess> {
    refuse(commandMistakes(command));
    const environment = taskEnvironment(command.environment);
    this.asked += 1;
    return this.startOf(this.asked, { kind: 'run', task: this.asked, command: { ...command, environment }, vcpu });
  }

  /** Ends every task at once, then the keeper. */
  public async stop(): Promise<void> {
    this.isStopping = true;
    if (this.keeper.connected) this.keeper.disconnect();
    await this.gone;
  }

  private startOf(task: number, request: Extract<TaskRequest, { kind: 'run' }>): Promise<TaskProcess> {
    return new Promise((resolve, reject) => {
      this.starts.set(task, { command: request.command, resolve, reject });
      this.ask(request, (failure) => failure && reject(failure));
    });
  }

  private ask(request: TaskRequest, whenSent: (failure: Error | null) => void = () => {}): void {
    this.keeper.send(request, whenSent);
  }

  private hear(news: KeeperNews): void {
    if (news.kind === 'started') this.takeStart(news.task, news.processId);
    if (news.kind === 'refused') this.takeRefusal(news.task, news.code);
    if (news.kind === 'used') for (const report of news.tasks) this.tasks.get(report.task)?.update(report);
    if (news.kind === 'exited') this.takeExit(news.task, news.exit);
  }

  private takeStart(number: number, processId: number): void {
    const task = new StartedTask(number, processId, (request) => this.ask(request));
    this.tasks.set(number, task);
    this.takeAwaited(number)?.resolve(task);
  }

  private takeRefusal(number: number, code: string): void {
    const start = this.takeAwaited(number);
    start?.reject(new InvalidInput([refusal(start.command, code)]));
  }

  private takeAwaited(number: number): Start | undefined {
    const start = this.starts.get(number);
    this.starts.delete(number);
    return start;
  }

  private takeExit(number: number, exit: TaskExit): void {
    this.tasks.get(number)?.end(exit);
    this.tasks.delete(number);
  }

  /** Nobody waits forever for what the keeper can no longer say. */
  private settle(how: string): void {
    for (const start of this.starts.values()) start.reject(lossOf(how));
    for (const task of this.tasks.values()) {
      if (!this.isStopping) task.kill();
      task.endKilled();
    }
    this.starts.clear();
    this.tasks.clear();
  }
}

/** Says how the keeper ended, once its last news has been heard, which may be after its exit. */
async function untilGone(keeper: ChildProcess): Promise<string> {
  const [[code, signal]] = await Promise.all([once(keeper, 'exit'), once(keeper, 'disconnect')]);
  return signal ?? `exit code ${code}`;
}

function lossOf(how: string): Error {
  return new Error(`the task keeper must live as long as the rehearsal, it ended with ${how}; its tasks have been killed`);
}
