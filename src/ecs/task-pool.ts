import type { ServiceTask } from './service-task';
import type { Zones } from './zones';

/** The tasks of a service, and what ECS can do with them. */
export interface TaskPool<Task extends ServiceTask> {
  /** All that are not gone, the oldest first. */
  readonly all: readonly Task[];
  readonly zones: Zones;
  /** Adds a task that has run for long. */
  addHealthy(revision: number): void;
  launch(revision: number): Task;
  /** Scaling in and deployments: no new requests, then SIGTERM, then, if need be, SIGKILL. */
  drain(task: Task): void;
  /** StopTask: SIGTERM at once, while the load balancer only learns of it some seconds later. */
  stop(task: Task): void;
  /** The end of a task that nobody asked for. */
  kill(task: Task, how: string): void;
}
