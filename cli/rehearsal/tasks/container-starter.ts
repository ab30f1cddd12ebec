import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { InvalidInput } from '../../../src/plan/invalid-input';
import type { TaskSize } from '../../../src/plan/task-size';
import type { Time } from '../../../src/time/time';
import type { TaskChild } from './confinement';
import { runArguments } from './container-arguments';
import { ContainerEngine } from './container-engine';
import { ContainerTask } from './container-task';
import { type ContainerUsage, containerUsage, NO_USAGE, type RunningContainer } from './container-usage';
import { makeEngineFolder, removeEngineFolder } from './engine-folder';
import type { KeptTask } from './kept-task';
import { LastOutput } from './last-output';
import { ownerName } from './owner-name';
import type { ContainerEngineName } from './task-container';
import type { TaskLaunch, TaskStarter } from './task-starter';

/** The pause between two looks at a container that is not running yet. */
const PAUSE_MILLIS = 50;

/** Starts tasks as containers. */
export class ContainerStarter implements TaskStarter {
  private readonly owner = ownerName();
  private readonly folder = makeEngineFolder(this.owner);
  /** The engine's commands whose containers are not running yet. */
  private readonly underWay = new Set<TaskChild>();

  /**
   * Finds the engine, and removes what others have left there.
   *
   * @throws InvalidInput where there is no such engine, or it does not run.
   */
  public static async open(name: ContainerEngineName, time: Time): Promise<ContainerStarter> {
    const engine = await ContainerEngine.open(name);
    engine.sweep();
    return new ContainerStarter(engine, time, await engine.socketPath());
  }

  private constructor(
    private readonly engine: ContainerEngine,
    private readonly time: Time,
    private readonly socketPath: string | undefined,
  ) {}

  public get description(): string {
    return `containers of ${this.engine.name}, CPU quota by --cpus`;
  }

  public async start(number: number, launch: TaskLaunch, size: TaskSize): Promise<KeptTask> {
    if (launch.kind !== 'container')
      throw new InvalidInput([`${this.engine.name} must have an image to run, got the command of a ${launch.kind}`]);
    const name = `${this.owner}-task-${number}`;
    const names = { name, owner: this.owner, port: launch.port };
    const client = this.engine.spawn(runArguments(this.engine.name, launch.container, size, names), this.folder);
    this.underWay.add(client);
    try {
      return await this.untilStarted(name, client, size);
    } finally {
      this.underWay.delete(client);
    }
  }

  /** One that is under way could make its container after those that are there have been removed. */
  public close(): void {
    for (const client of this.underWay) client.kill('SIGKILL');
    this.engine.removeNow(this.owner);
    removeEngineFolder(this.folder);
  }

  private async untilStarted(name: string, client: TaskChild, size: TaskSize): Promise<KeptTask> {
    // from the start: it may have ended before its container has been looked at.
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const output = new LastOutput();
    for (const stream of [client.stdout, client.stderr]) output.follow(stream);
    await once(client, 'spawn');
    const running = await this.untilRunning(name, client, output);
    const usage = await this.usageOf(name, running);
    return new ContainerTask(this.time, this.engine, { name, client, closed, folder: this.folder, output, running, usage }, size);
  }

  private async usageOf(name: string, running: RunningContainer): Promise<ContainerUsage> {
    try {
      return containerUsage(this.time, running, this.socketPath);
    } catch (error) {
      // its group is gone where it has ended since.
      if (!(await this.engine.isRunning(name))) return NO_USAGE;
      await this.engine.remove(name);
      throw error;
    }
  }

  /** A container that has ended at once was running, too. */
  private async untilRunning(name: string, client: TaskChild, output: LastOutput): Promise<RunningContainer> {
    for (;;) {
      const hasEnded = client.exitCode !== null || client.signalCode !== null;
      const seen = await this.engine
        .ask('inspect', '--type', 'container', '--format', '{{.Id}} {{.State.Pid}} {{.State.Status}}', name)
        .catch(() => '');
      const [id, processId, status] = seen.split(' ');
      if (Number(processId) > 0 || status === 'exited') return { id: id!, processId: Number(processId) };
      if (hasEnded) {
        await this.engine.remove(name);
        throw new InvalidInput([`${this.engine.name} must be able to run the image, got\n${output.text}`]);
      }
      await pass(PAUSE_MILLIS);
    }
  }
}
