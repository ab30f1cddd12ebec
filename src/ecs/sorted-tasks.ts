import { firstIndexNotBefore } from '../math/first-index';

/** Tasks in the order of launch. */
export class SortedTasks<Task extends { readonly number: number }> {
  private readonly tasks: Task[] = [];

  /** The tasks, the oldest first. The array is not copied. */
  public get all(): readonly Task[] {
    return this.tasks;
  }

  public get count(): number {
    return this.tasks.length;
  }

  public get oldest(): Task | undefined {
    return this.tasks[0];
  }

  public get youngest(): Task | undefined {
    return this.tasks[this.tasks.length - 1];
  }

  public add(task: Task): void {
    const { youngest } = this;
    if (youngest === undefined || youngest.number < task.number) this.tasks.push(task);
    else this.tasks.splice(this.indexFrom(task.number), 0, task);
  }

  public remove(task: Task): void {
    const index = this.indexFrom(task.number);
    if (this.tasks[index] === task) this.tasks.splice(index, 1);
  }

  /** The index of the first task with this number or a higher one. */
  private indexFrom(number: number): number {
    return firstIndexNotBefore(this.tasks.length, (index) => this.tasks[index]!.number < number);
  }
}
