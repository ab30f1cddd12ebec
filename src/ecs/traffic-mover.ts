import type { TrafficShift } from '../plan/traffic-shift';
import type { ServiceTask } from './service-task';
import type { TaskClock } from './task-clock';

/** Moves the traffic of one deployment from the old tasks to the new ones. */
export class TrafficMover {
  private share = 0;
  private hasBegun = false;
  private hasBaked = false;
  private isStopped = false;

  /** @param onMove called when the shares have changed, or the old tasks are no longer needed. */
  public constructor(
    private readonly clock: TaskClock,
    private readonly shift: TrafficShift,
    private readonly onMove: () => void,
  ) {}

  /** Whether the old tasks may go. */
  public get isOver(): boolean {
    return this.hasBaked;
  }

  /** Begins to move. To be called when all new tasks are healthy; later calls do nothing. */
  public begin(): void {
    if (this.hasBegun) return;
    this.hasBegun = true;
    this.take(0);
  }

  /** Moves no further: the deployment is given up, or another takes its place. */
  public stop(): void {
    this.isStopped = true;
  }

  /** Gives each task its share. Those of a revision share evenly what their revision gets. */
  public apply(tasks: readonly ServiceTask[], revision: number): void {
    const fresh = tasks.filter((task) => task.isKept && task.revision === revision && task.isHealthy).length;
    const old = tasks.filter((task) => task.isKept && task.revision !== revision && task.isHealthy).length;
    for (const task of tasks)
      task.trafficShare = task.revision === revision ? this.share / Math.max(1, fresh) : (1 - this.share) / Math.max(1, old);
  }

  private take(step: number): void {
    if (this.isStopped) return;
    const { steps, bakeSeconds } = this.shift;
    const current = steps[step];
    this.share = current?.share ?? 1;
    if (current === undefined) this.clock.after(bakeSeconds, () => this.bake());
    else this.clock.after(current.holdSeconds, () => this.take(step + 1));
    this.onMove();
  }

  private bake(): void {
    if (this.isStopped) return;
    this.hasBaked = true;
    this.onMove();
  }
}
