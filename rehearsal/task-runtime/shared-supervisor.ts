import type { TaskSize } from '../../src/plan/task-size';
import { ContainerRuntime } from './container/container-runtime';
import type { QuotaChoice } from './limits/limiter-choice';
import { ProcessRuntime } from './process/process-runtime';
import { SupervisorClient } from './supervisor/supervisor-client';
import type { TaskCommand } from './task-command';
import type { ContainerEngineName, TaskContainer } from './task-container';
import type { TaskRuntime } from './task-runtime';

/** Runs the tasks of several services with one supervisor, each with a program and a size of its own, and passes on what they write. */
export class SharedSupervisor {
  /** @throws InputError if this machine cannot run tasks as processes. */
  public static async forProcesses(quota: QuotaChoice): Promise<SharedSupervisor> {
    return new SharedSupervisor(await SupervisorClient.start({ runtime: 'process', quota, capturesOutput: true }), undefined);
  }

  /** @throws InputError if the engine is not installed or not running. */
  public static async forContainers(engine: ContainerEngineName): Promise<SharedSupervisor> {
    return new SharedSupervisor(await SupervisorClient.start({ runtime: engine, capturesOutput: true }), engine);
  }

  private constructor(
    private readonly supervisor: SupervisorClient,
    /** Undefined if the tasks are processes. */
    public readonly engine: ContainerEngineName | undefined,
  ) {}

  /** What runs the tasks and what limits their CPU. */
  public get description(): string {
    return this.supervisor.description;
  }

  /** Rejects if the supervisor exits before `stop` is called; never settles otherwise. */
  public get supervisorExited(): Promise<never> {
    return this.supervisor.supervisorExited;
  }

  /** What runs a command as tasks. */
  public processes(command: TaskCommand, size: TaskSize): TaskRuntime {
    return new ProcessRuntime(this.supervisor, command, size);
  }

  /** What runs an image as tasks. */
  public containers(container: TaskContainer, size: TaskSize): TaskRuntime {
    return new ContainerRuntime(this.supervisor, this.engine!, container, size);
  }

  /** Kills every task, ends the supervisor, and waits until it has exited. */
  public stop(): Promise<void> {
    return this.supervisor.stop();
  }
}
