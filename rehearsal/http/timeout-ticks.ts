/** A timeout is noticed at most this part of it late, and no more than a second late. */
const TICKS_PER_TIMEOUT = 20;
const MIN_TICK_MILLIS = 5;
const MAX_TICK_MILLIS = 1000;

/**
 * Counts ticks, for timeouts of many connections.
 *
 * A connection notes the tick of its last activity, and is checked at each tick. So activity neither starts a timer nor reads a clock,
 * and a process that was suspended does not find all its connections timed out.
 */
export class TimeoutTicks {
  /** The number of ticks so far. */
  public count = 0;
  private readonly tickMillis: number;
  private timer?: NodeJS.Timeout;

  /**
   * @param timeoutMillis the shortest timeout.
   * @param onTick called at each tick after `start`.
   */
  public constructor(
    timeoutMillis: number,
    private readonly onTick: () => void,
  ) {
    this.tickMillis = Math.min(MAX_TICK_MILLIS, Math.max(MIN_TICK_MILLIS, timeoutMillis / TICKS_PER_TIMEOUT));
  }

  /** Starts ticking, unless it already does. */
  public start(): void {
    this.timer ??= setInterval(() => {
      this.count += 1;
      this.onTick();
    }, this.tickMillis).unref();
  }

  /** Stops ticking; `start` may be called again. */
  public stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** The ticks of a timeout: when more have passed, it is over. */
  public ticksOf(timeoutMillis: number): number {
    return Math.ceil(timeoutMillis / this.tickMillis);
  }
}
