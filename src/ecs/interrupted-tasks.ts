import type { ServiceTask } from './service-task';

/** Spot instances with a notice, whose replacements may exceed the maximum until they are stopped. */
export class InterruptedTasks<Task extends ServiceTask> {
  private readonly tasks = new Set<Task>();

  public add(task: Task): void {
    this.tasks.add(task);
  }

  public get activeCount(): number {
    for (const task of this.tasks) if (!task.isActive) this.tasks.delete(task);
    return this.tasks.size;
  }
}
