import type { TaskSize } from '../../../src/plan/task-size';
import { freePort } from '../process/ports';
import { SupervisorClient } from '../supervisor/supervisor-client';
import type { ContainerEngineName, TaskContainer } from '../task-container';
import type { TaskHandle, TaskRuntime } from '../task-runtime';

export { ContainerEngine } from './container-engine';
export { readImageSettings } from './image-settings';
export { type ImageBuild, type ImageSource, prepareImage } from './prepare-image';

/** Runs the tasks of a service as containers of an engine on this machine. */
export class ContainerRuntime implements TaskRuntime {
  public readonly description: string;
  public readonly supervisorExited: Promise<never>;

  /**
   * Starts the supervisor of the tasks. Call `stop` when done, or this process does not exit.
   *
   * @throws InputError if the engine is not installed or not running.
   */
  public static async start(engine: ContainerEngineName, container: TaskContainer, size: TaskSize): Promise<ContainerRuntime> {
    return new ContainerRuntime(await SupervisorClient.start({ runtime: engine }), engine, container, size);
  }

  /** @param supervisor that of these tasks alone, or of others as well, which `stop` ends too. */
  public constructor(
    private readonly supervisor: SupervisorClient,
    public readonly engine: ContainerEngineName,
    private readonly container: TaskContainer,
    private readonly size: TaskSize,
  ) {
    this.description = supervisor.description;
    this.supervisorExited = supervisor.supervisorExited;
  }

  /** The image of the containers. */
  public get image(): string {
    return this.container.image;
  }

  public get containerPort(): number {
    return this.container.port;
  }

  public async run(): Promise<TaskHandle> {
    const port = await freePort();
    return this.supervisor.run({ kind: 'container', container: this.container, port }, this.size, port);
  }

  public stop(): Promise<void> {
    return this.supervisor.stop();
  }
}
