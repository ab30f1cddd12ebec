import type { TaskClock } from './task-clock';

/** The bake time of a rolling deployment: ECS watches its alarms that long before the deployment is complete. */
export class BakeTime {
  private status: 'not-started' | 'in-progress' | 'over' = 'not-started';

  /** @param onOver called when it has elapsed. */
  public constructor(
    private readonly taskClock: TaskClock,
    public readonly seconds: number,
    private readonly onOver: () => void,
  ) {}

  /** Whether the bake time is over. */
  public get isOver(): boolean {
    return this.seconds === 0 || this.status === 'over';
  }

  /** Starts it; returns whether it has not been started before. */
  public start(): boolean {
    if (this.isOver || this.status === 'in-progress') return false;
    this.status = 'in-progress';
    this.taskClock.after(this.seconds, () => {
      this.status = 'over';
      this.onOver();
    });
    return true;
  }
}
