import { EventQueue } from './event-queue';
import type { Cancel, Time } from './time';

/** Time that jumps from event to event: an hour passes in the time its events take to compute. */
export class SimulatedTime implements Time {
  private readonly queue = new EventQueue();
  private clock = 0;

  public get nowSeconds(): number {
    return this.clock;
  }

  public after(delaySeconds: number, run: () => void): Cancel {
    let cancelled = false;
    this.queue.add(this.clock + Math.max(0, delaySeconds), () => {
      if (!cancelled) run();
    });
    return () => {
      cancelled = true;
    };
  }

  /** Runs every event that is due at or before the given second, then stands at that second. */
  public runUntil(endSeconds: number): void {
    while (this.queue.next !== undefined && this.queue.next.atSeconds <= endSeconds) {
      const event = this.queue.take()!;
      this.clock = event.atSeconds;
      event.run();
    }
    this.clock = endSeconds;
  }
}
