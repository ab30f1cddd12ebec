import type { Asker } from './asker';

/** A timer is that coarse. A request that is later than this is late for its user too. */
const TIMER_MILLIS = 1;

/** The longest pause before the rate is looked at again. */
const LONGEST_PAUSE_MILLIS = 1000;

/**
 * Requests that arrive at a steady rate, whatever becomes of those before.
 *
 * Each has the moment at which it is due, and its latency counts from then:
 * where the client itself was held up, the answer was late all the same.
 */
export class OpenLoad {
  private perSecond = 0;
  private lastDueMillis = performance.now();
  private turn = 0;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly asker: Asker,
    private readonly paths: readonly string[],
  ) {}

  /** Sets how many requests arrive in a second; takes effect at once. */
  public set(perSecond: number): void {
    this.sendDue();
    this.perSecond = perSecond;
    // what was not due at the old rate is not overdue at the new one.
    this.lastDueMillis = Math.max(this.lastDueMillis, performance.now() - this.gapMillis());
    this.wait();
  }

  private gapMillis(): number {
    return 1000 / this.perSecond;
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.perSecond === 0) return;
    const pauseMillis = this.lastDueMillis + this.gapMillis() - performance.now();
    this.timer = setTimeout(
      () => {
        this.sendDue();
        this.wait();
      },
      Math.min(LONGEST_PAUSE_MILLIS, pauseMillis),
    );
  }

  /** Sends what is due by now, and nothing that becomes due meanwhile: a client that cannot keep up must still hear its answers. */
  private sendDue(): void {
    const nowMillis = performance.now();
    while (this.lastDueMillis + this.gapMillis() <= nowMillis) {
      this.lastDueMillis += this.gapMillis();
      this.send(this.lastDueMillis);
    }
  }

  private send(dueMillis: number): void {
    this.asker.ask({
      path: this.paths[this.turn++ % this.paths.length]!,
      sinceMillis: Math.min(performance.now(), dueMillis + TIMER_MILLIS),
      onOver: () => {},
    });
  }
}
