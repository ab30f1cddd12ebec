import type { ServiceTask } from './service-task';
import type { TasksByState } from './tasks-by-state';
import type { Zones } from './zones';

/** The tasks of a service, and what ECS and faults can do with them. */
export interface TaskPool<Task extends ServiceTask> {
  /** All tasks that are not STOPPED, the oldest first. */
  readonly all: readonly Task[];
  /** The same tasks, for counting them. */
  readonly byState: TasksByState<Task>;
  readonly zones: Zones;
  /** Adds a task that already runs and is healthy. */
  addHealthy(revision: number): void;
  /** Launches a task, which is PROVISIONING until the launch rate allows it to start. */
  launch(revision: number): Task;
  /** Scale-in and deployments: deregisters the target; after the deregistration delay SIGTERM, and SIGKILL after the stop timeout. */
  drain(task: Task): void;
  /** StopTask: SIGTERM at once, while the target is deregistered some seconds later. */
  stop(task: Task): void;
  /** Ends a task that ECS did not stop: SIGKILL. `lossText` describes how it was lost, such as `was killed`. */
  kill(task: Task, lossText: string): void;
  /** Fills the memory of a task until ECS ends it. */
  exhaustMemory(task: Task): void;
  /** Pauses the container of a task: it does not respond, and receives SIGTERM only once it is unpaused. */
  pause(task: Task): void;
  unpause(task: Task): void;
  /** Called when a fault has changed the result of a task's health checks. */
  applyHealthCheckResult(task: Task): void;
  /** Called when the speed of a task has changed. */
  applySpeed(task: Task): void;
}

/** Gets notified of what happens to the tasks of a service. */
export interface TaskObserver<Task extends ServiceTask> {
  /** Something has changed that requests or metrics depend on. */
  onChange(): void;
  onHealthy(task: Task): void;
  /** A task has failed its health checks, and its grace period is over: ECS will replace it. */
  onMarkedForReplacement(task: Task): void;
  /** The container of a task has exited; the requests in flight fail. */
  onExit(task: Task): void;
  /** An active task has exited, or is stopping. `lossText` describes how it was lost. */
  onLost(task: Task, lossText: string): void;
  /** A task is STOPPED. */
  onStopped(task: Task): void;
  /** Whether the container of a task exits as soon as it has started. */
  crashesAtStart(task: Task): boolean;
}
