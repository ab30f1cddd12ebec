import type { TaskProgram } from '../../rehearsal/fleet/local-tasks';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { InputError } from '../../src/parse/input-error';
import type { TaskSize } from '../../src/plan/task-size';
import { type AwsObject, number, structures } from '../front/aws-call';
import type { ServiceRecord, TaskDefinitionRecord } from './service-records';

/** A program to start tasks with: the container of a task definition. */
export interface ProgramRequest {
  readonly family: string;
  /** The container as it is registered, with the members that `RunTask` overrides. */
  readonly container: AwsObject;
  readonly size: TaskSize;
}

/**
 * The container whose program runs: the one that the load balancer of a service sends requests to, or the first essential one of a task that runs
 * once.
 */
export function containerOf({ settings }: TaskDefinitionRecord, service?: ServiceRecord): AwsObject {
  const containers = structures(settings.containerDefinitions);
  const [balancer] = structures(service?.settings.loadBalancers);
  const essential = containers.find(({ essential: isEssential }) => isEssential !== false);
  if (service === undefined) return essential ?? {};
  return containers.find(({ name }) => name === balancer?.containerName) ?? containers[0] ?? {};
}

/** The programs that tasks are started with. */
export class TaskPrograms {
  /**
   * @param start prepares what runs the tasks of a container definition; rejects with an InputError if that is not known, or cannot run here.
   * @param onLine called with the text of a problem.
   */
  public constructor(
    private readonly start: (request: ProgramRequest) => Promise<TaskRuntime>,
    private readonly onLine: (line: string) => void,
  ) {}

  /** The container that the load balancer sends requests to. A program that cannot be started fails the start of each task. */
  public programOf(record: ServiceRecord, taskDefinition: TaskDefinitionRecord): Promise<TaskProgram> {
    return this.startProgram(taskDefinition, containerOf(taskDefinition, record));
  }

  /** The container of a task that runs once, with what the call overrides. */
  public oneOffProgramOf(taskDefinition: TaskDefinitionRecord, overrides: AwsObject): Promise<TaskProgram> {
    const container = containerOf(taskDefinition);
    const changed = structures(overrides.containerOverrides).find(({ name }) => name === container.name) ?? {};
    const environment = [...structures(container.environment), ...structures(changed.environment)];
    const command = changed.command ?? container.command;
    return this.startProgram(taskDefinition, { ...container, ...(command !== undefined && { command }), environment });
  }

  private async startProgram(taskDefinition: TaskDefinitionRecord, container: AwsObject): Promise<TaskProgram> {
    const size = taskSizeOf(taskDefinition, container);
    try {
      return { size, runtime: await this.start({ family: taskDefinition.family, container, size }) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.onLine(`${taskDefinition.family}: its tasks cannot be started: ${error.errors.join('; ')}`);
      return { size, runtime: failingRuntime(error) };
    }
  }
}

function taskSizeOf({ settings }: TaskDefinitionRecord, container: AwsObject): TaskSize {
  return {
    cpu: number(settings.cpu) ?? number(container.cpu) ?? DEFAULT_SIZE.cpu,
    memoryMiB: number(settings.memory) ?? number(container.memory) ?? DEFAULT_SIZE.memoryMiB,
  };
}

const DEFAULT_SIZE: TaskSize = { cpu: 256, memoryMiB: 512 };

function failingRuntime(error: InputError): TaskRuntime {
  return {
    description: 'none',
    supervisorExited: new Promise<never>(() => {}),
    run: () => Promise.reject(error),
    stop: () => Promise.resolve(),
  };
}
