import type { Cancel } from '../../../src/time/time';

/** What becomes of a request that was held. */
export type HeldEnd = 'released' | 'timed-out';

/** Requests of one target that wait for a slow dependency before they are sent. */
export class HeldRequests {
  private readonly ends = new Set<Cancel>();

  /** @param silenceMillis how long a target may be silent in the middle of a request; what is held for longer times out. */
  public constructor(private readonly silenceMillis: number) {}

  /**
   * Holds one.
   *
   * @param onEnd called once, unless the returned function was called before.
   * @returns what is called when nobody waits for the request any more.
   */
  public hold(millis: number, onEnd: (how: HeldEnd) => void): Cancel {
    const how = millis >= this.silenceMillis ? 'timed-out' : 'released';
    const end = (): void => {
      leave();
      onEnd(how);
    };
    const timer = setTimeout(end, Math.min(millis, this.silenceMillis));
    const leave = (): void => {
      clearTimeout(timer);
      this.ends.delete(end);
    };
    this.ends.add(end);
    return leave;
  }

  /** Holds none any longer. */
  public close(): void {
    for (const end of this.ends) end();
  }
}
