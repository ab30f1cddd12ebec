import type { Time } from '../time/time';

/**
 * Runs the steps of the tasks' lives.
 *
 * Before each step the requests that came until then are sent: they met the tasks as they were.
 */
export class TaskClock {
  public constructor(
    private readonly time: Time,
    private readonly beforeStep: () => void,
  ) {}

  public get nowSeconds(): number {
    return this.time.nowSeconds;
  }

  public after(delaySeconds: number, step: () => void): void {
    this.time.after(delaySeconds, () => {
      this.beforeStep();
      step();
    });
  }

  /** At a second of the scenario, or at once where it has passed. */
  public at(seconds: number, step: () => void): void {
    this.after(Math.max(0, seconds - this.time.nowSeconds), step);
  }
}
