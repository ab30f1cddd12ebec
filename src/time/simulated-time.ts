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

  /**
   * Runs every event that is due at or before the given second, then stands at that second.
   *
   * @param pass what goes on between events: told until when, returns how far it came. It stops early where it has added an
   * event that may be due before.
   */
  public runUntil(endSeconds: number, pass: (untilSeconds: number) => number = (untilSeconds) => untilSeconds): void {
    for (;;) {
      const due = this.queue.next !== undefined && this.queue.next.atSeconds <= endSeconds ? this.queue.next : undefined;
      const untilSeconds = due?.atSeconds ?? endSeconds;
      this.clock = this.clock < untilSeconds ? pass(untilSeconds) : untilSeconds;
      if (this.clock < untilSeconds) continue;
      if (due === undefined) return;
      this.queue.take()!.run();
    }
  }
}
