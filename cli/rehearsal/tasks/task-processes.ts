import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { InvalidInput } from '../../../src/plan/invalid-input';
import type { TaskSize } from '../../../src/plan/task-size';
import { bundledProgram } from '../bundled-program';
import { type Keeping, sweepLeftovers } from './keeping';
import { quotaMethod } from './quota-method';
import { StartedTask } from './started-task';
import { taskEnvironment } from './task-command';
import type { KeeperNews, TaskRequest } from './task-messages';
import type { TaskLaunch } from './task-starter';

/** Someone waits for the keeper to say that a task has started. */
interface Start {
  readonly port: number;
  readonly resolve: (task: StartedTask) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Runs tasks on this machine, as processes or as containers, each held to its CPU quota.
 *
 * A second process, the keeper, does so, and outlives this one just long enough
 * to end every task. Should the keeper be the one that is killed, the tasks are
 * ended from here. Only if both are killed at once can a task be left behind.
 */
export class TaskProcesses {
  /** Rejects if the keeper ends although nobody stopped it; never settles otherwise. */
  public readonly lost: Promise<never>;
  /** What holds the tasks to their size. */
  public description = '';
  private readonly gone: Promise<void>;
  private readonly ready: Promise<void>;
  private takeReadiness: () => void = () => {};
  private takeUnfitness: (reason: Error) => void = () => {};
  private readonly starts = new Map<number, Start>();
  private readonly tasks = new Map<number, StartedTask>();
  private asked = 0;
  private isStopping = false;

  /** Starts the keeper. Call `stop` when done, or this process does not end. */
  public static async start(keeping: Keeping): Promise<TaskProcesses> {
    quotaMethod();
    const keeper = fork(bundledProgram('task-keeper'), [JSON.stringify(keeping)], {
      // a Ctrl-C in the terminal, or a kill of the tool's process group, is not for the keeper.
      detached: true,
      // an engine's command finds its engine by the environment, of which its containers see nothing.
      env: keeping.runtime === 'process' ? taskEnvironment({}) : process.env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const processes = new TaskProcesses(keeper, keeping);
    try {
      await Promise.race([processes.ready, processes.lost]);
      return processes;
    } catch (error) {
      await processes.stop();
      throw error;
    }
  }

  private constructor(
    private readonly keeper: ChildProcess,
    private readonly keeping: Keeping,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.takeReadiness = resolve;
      this.takeUnfitness = reject;
    });
    keeper.on('message', (news: KeeperNews) => this.hear(news));
    const ending = untilGone(keeper);
    this.gone = ending.then((how) => this.settle(how));
    this.lost = ending.then((how) => (this.isStopping ? new Promise<never>(() => {}) : Promise.reject(lossOf(how))));
    // whoever cares waits for them; nobody has to.
    for (const ended of [this.gone, this.lost]) ended.catch(() => {});
  }

  /** Starts a task, which listens on a port, and holds it to its size. */
  public async run(launch: TaskLaunch, size: TaskSize, port: number): Promise<StartedTask> {
    this.asked += 1;
    const task = this.asked;
    return new Promise((resolve, reject) => {
      this.starts.set(task, { port, resolve, reject });
      this.ask({ kind: 'run', task, launch, size }, (failure) => failure && reject(failure));
    });
  }

  /** Ends every task at once, then the keeper. */
  public async stop(): Promise<void> {
    this.isStopping = true;
    if (this.keeper.connected) this.keeper.disconnect();
    await this.gone;
  }

  private ask(request: TaskRequest, whenSent: (failure: Error | null) => void = () => {}): void {
    this.keeper.send(request, whenSent);
  }

  private hear(news: KeeperNews): void {
    if (news.kind === 'ready') {
      this.description = news.description;
      this.takeReadiness();
    }
    if (news.kind === 'unfit') this.takeUnfitness(new InvalidInput(news.mistakes));
    if (news.kind === 'started') this.takeStart(news.task, news.processId);
    if (news.kind === 'refused') this.takeAwaited(news.task)?.reject(new InvalidInput(news.mistakes));
    if (news.kind === 'used') for (const report of news.tasks) this.tasks.get(report.task)?.update(report);
    if (news.kind === 'exited') {
      this.tasks.get(news.task)?.end(news.exit);
      this.tasks.delete(news.task);
    }
  }

  private takeStart(number: number, processId: number): void {
    const start = this.takeAwaited(number)!;
    const task = new StartedTask({ number, processId, port: start.port }, (request) => this.ask(request));
    this.tasks.set(number, task);
    start.resolve(task);
  }

  private takeAwaited(number: number): Start | undefined {
    const start = this.starts.get(number);
    this.starts.delete(number);
    return start;
  }

  /** Nobody waits forever for what the keeper can no longer say. */
  private settle(how: string): void {
    for (const start of this.starts.values()) start.reject(lossOf(how));
    for (const task of this.tasks.values()) {
      if (this.isStopping) task.endKilled();
      else task.endFromHere();
    }
    if (!this.isStopping) sweepLeftovers(this.keeping);
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
