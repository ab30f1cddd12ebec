import type { Cancel } from '../../../src/time/time';

/** Connections of clients that have become connections of a target, such as WebSockets. They last until either side ends them. */
export class Tunnels {
  private readonly ends = new Set<Cancel>();

  /**
   * Adds one.
   *
   * @param end closes both sides.
   * @returns what is called when either side has ended.
   */
  public enter(end: Cancel): Cancel {
    this.ends.add(end);
    return () => {
      if (this.ends.delete(end)) end();
    };
  }

  /** Ends all. */
  public close(): void {
    for (const end of this.ends) end();
    this.ends.clear();
  }
}
