import type { TaskSize } from '../../../src/plan/task-size';
import { freePort } from './free-port';
import type { ContainerEngineName, TaskContainer } from './task-container';
import type { TaskProcess } from './task-process';
import { TaskProcesses } from './task-processes';
import type { TaskRuntime } from './task-runtime';

/** Runs the tasks of a service as containers of an engine on this machine. */
export class ContainerRuntime implements TaskRuntime {
  public readonly description: string;
  public readonly lost: Promise<never>;

  /** Starts what keeps the tasks. Call `stop` when done, or this process does not end. */
  public static async start(engine: ContainerEngineName, container: TaskContainer, size: TaskSize): Promise<ContainerRuntime> {
    return new ContainerRuntime(await TaskProcesses.start({ runtime: engine }), engine, container, size);
  }

  private constructor(
    private readonly tasks: TaskProcesses,
    public readonly engine: ContainerEngineName,
    private readonly container: TaskContainer,
    private readonly size: TaskSize,
  ) {
    this.description = tasks.description;
    this.lost = tasks.lost;
  }

  /** What the containers run. */
  public get image(): string {
    return this.container.image;
  }

  public get portInside(): number {
    return this.container.port;
  }

  public async run(): Promise<TaskProcess> {
    const port = await freePort();
    return this.tasks.run({ kind: 'container', container: this.container, port }, this.size, port);
  }

  public stop(): Promise<void> {
    return this.tasks.stop();
  }
}
