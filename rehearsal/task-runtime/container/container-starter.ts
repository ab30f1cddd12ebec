import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '../../../src/parse/input-error';
import type { TaskSize } from '../../../src/plan/task-size';
import type { Clock } from '../../../src/time/clock';
import { createFolderOf, removeOwnedFolder } from '../process/owned-folder';
import { ownerId } from '../process/owner-id';
import { LastOutput, type TaskChild } from '../process/task-child';
import type { SupervisedTask, TaskLaunch, TaskStarter } from '../supervisor/supervised-task';
import type { ContainerEngineName } from '../task-container';
import { ContainerEngine, runArguments } from './container-engine';
import { ContainerTask } from './container-task';
import { type ContainerUsage, containerUsage, DEFAULT_STOP_SIGNAL, NO_USAGE, type RunningContainer } from './container-usage';
import { withRemedies } from './engine-remedies';

/** An engine that does not say within this time whether a container runs never will. */
const MAX_INSPECT_SECONDS = 60;

/** The pause between two checks whether a container is running. */
const CHECK_INTERVAL_MILLIS = 50;

/** The configuration is printed as a whole: the format has no member for what an image leaves out, such as its STOPSIGNAL. */
const STATE_FORMAT = '{{.Id}} {{.State.Pid}} {{.State.Status}} {{json .Config}}';

/** Parses what an engine prints with `STATE_FORMAT`. */
export function parseContainerState(printed: string): RunningContainer & { readonly status?: string } {
  const [, id, processId, status, config] = /^(\S+) (\d+) (\S+) (.*)$/s.exec(printed) ?? [];
  return { id: id ?? '', processId: Number(processId ?? 0), status, stopSignal: stopSignalOf(config) };
}

/** The STOPSIGNAL of the image: a name with Docker, a number with Podman. */
function stopSignalOf(config = '{}'): string {
  const { StopSignal: signal } = JSON.parse(config) as { readonly StopSignal?: string | number };
  return signal === undefined || signal === '' || signal === 0 ? DEFAULT_STOP_SIGNAL : String(signal);
}

/** Starts tasks as containers. */
export class ContainerStarter implements TaskStarter {
  private readonly owner = ownerId();
  /** The working directory of the engine's commands: Podman's monitor leaves a file in its own when a container has exceeded its memory. */
  private readonly folder = createFolderOf(this.owner);
  /** The processes of `docker run` or `podman run` whose containers are not running yet. */
  private readonly startingProcesses = new Set<TaskChild>();

  /**
   * Connects to the engine, and removes orphaned containers.
   *
   * @throws InputError if it is not installed or not running.
   */
  public static async open(name: ContainerEngineName, clock: Clock): Promise<ContainerStarter> {
    const engine = await ContainerEngine.open(name);
    engine.removeOrphans();
    return new ContainerStarter(engine, clock, await engine.socketPath());
  }

  private constructor(
    private readonly engine: ContainerEngine,
    private readonly clock: Clock,
    private readonly socketPath: string | undefined,
  ) {}

  public get description(): string {
    return `containers of ${this.engine.name}, CPU quota by --cpus`;
  }

  public async start(taskNumber: number, launch: TaskLaunch, size: TaskSize): Promise<SupervisedTask> {
    if (launch.kind !== 'container')
      throw new InputError([`a task that runs as a container needs an image, got the command of a ${launch.kind}`]);
    const name = `${this.owner}-task-${taskNumber}`;
    const identity = { name, owner: this.owner, port: launch.port };
    const engineProcess = this.engine.spawn(runArguments(this.engine.name, launch.container, size, identity), this.folder);
    this.startingProcesses.add(engineProcess);
    try {
      return await this.waitUntilStarted(name, engineProcess, size);
    } finally {
      this.startingProcesses.delete(engineProcess);
    }
  }

  /** First kills the processes that could still create a container. */
  public close(): void {
    for (const engineProcess of this.startingProcesses) engineProcess.kill('SIGKILL');
    this.engine.removeSync(this.owner);
    removeOwnedFolder(this.folder);
  }

  private async waitUntilStarted(name: string, engineProcess: TaskChild, size: TaskSize): Promise<SupervisedTask> {
    // the listener is added at once: the process may exit before its container is inspected.
    const engineProcessClosed = new Promise<void>((resolve) => engineProcess.once('close', () => resolve()));
    const output = new LastOutput();
    for (const stream of [engineProcess.stdout, engineProcess.stderr]) output.recordStream(stream);
    await once(engineProcess, 'spawn');
    const running = await this.waitUntilRunning(name, engineProcess, output);
    const usage = await this.usageOf(name, running);
    return new ContainerTask(
      this.clock,
      this.engine,
      { name, engineProcess, engineProcessClosed, folder: this.folder, output, running, usage },
      size,
    );
  }

  private async usageOf(name: string, running: RunningContainer): Promise<ContainerUsage> {
    try {
      return containerUsage(this.clock, running, this.socketPath);
    } catch (error) {
      // the control group is removed once the container has exited.
      if (!(await this.engine.isRunning(name))) return NO_USAGE;
      await this.engine.remove(name);
      throw error;
    }
  }

  /** Also resolves for a container that has exited at once. */
  private async waitUntilRunning(name: string, engineProcess: TaskChild, output: LastOutput): Promise<RunningContainer> {
    const deadlineMillis = performance.now() + 1000 * MAX_INSPECT_SECONDS;
    for (;;) {
      const hasExited = engineProcess.exitCode !== null || engineProcess.signalCode !== null;
      const state = await this.engine.run('inspect', '--type', 'container', '--format', STATE_FORMAT, name).catch(() => '');
      const { status, ...running } = parseContainerState(state);
      if (running.processId > 0 || status === 'exited') return running;
      if (hasExited) {
        await this.engine.remove(name);
        throw new InputError([`${this.engine.name} cannot run the image:\n${withRemedies(output.text)}`]);
      }
      if (performance.now() > deadlineMillis) {
        engineProcess.kill('SIGKILL');
        await this.engine.remove(name);
        throw new InputError([
          `${this.engine.name} did not report within ${MAX_INSPECT_SECONDS} seconds that the container runs:\n${output.text}`,
        ]);
      }
      await delay(CHECK_INTERVAL_MILLIS);
    }
  }
}
