import type { Clock } from '../time/clock';

/** The clock of the tasks of a service. It runs their actions: launches, health checks, stops. */
export class TaskClock {
  /** Called before each action. In a forecast it sends the requests until then, to the tasks as they are before the action. */
  public beforeAction: () => void = () => {};

  public constructor(private readonly clock: Clock) {}

  public get nowSeconds(): number {
    return this.clock.nowSeconds;
  }

  public after(delaySeconds: number, action: () => void): void {
    this.clock.after(delaySeconds, () => {
      this.beforeAction();
      action();
    });
  }

  /** Runs an action that changes no task. */
  public observeAfter(delaySeconds: number, action: () => void): void {
    this.clock.after(delaySeconds, action);
  }

  /** At a second of the scenario, or at once if that has passed. */
  public at(seconds: number, action: () => void): void {
    this.after(Math.max(0, seconds - this.clock.nowSeconds), action);
  }
}
