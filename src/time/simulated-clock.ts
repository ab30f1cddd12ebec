import type { Cancel, Clock } from './clock';
import { TimerQueue } from './timer-queue';

/** The clock of a forecast, which jumps from timer to timer without waiting. */
export class SimulatedClock implements Clock {
  private readonly timers = new TimerQueue();
  private currentSeconds = 0;

  public get nowSeconds(): number {
    return this.currentSeconds;
  }

  public after(delaySeconds: number, run: () => void): Cancel {
    let isCancelled = false;
    this.timers.add(this.currentSeconds + Math.max(0, delaySeconds), () => {
      if (!isCancelled) run();
    });
    return () => {
      isCancelled = true;
    };
  }

  /**
   * Runs all timers that are due at or before the given second, and sets the clock to that second.
   *
   * @param advance runs before each timer: gets the second at which the timer is due, and returns the second that it reached. It
   * returns early if it added a timer that can be due before.
   */
  public runUntil(endSeconds: number, advance: (untilSeconds: number) => number = (untilSeconds) => untilSeconds): void {
    for (;;) {
      const nextTimer = this.timers.next !== undefined && this.timers.next.atSeconds <= endSeconds ? this.timers.next : undefined;
      const untilSeconds = nextTimer?.atSeconds ?? endSeconds;
      this.currentSeconds = this.currentSeconds < untilSeconds ? advance(untilSeconds) : untilSeconds;
      if (this.currentSeconds < untilSeconds) continue;
      if (nextTimer === undefined) return;
      this.timers.removeNext()!.run();
    }
  }
}
