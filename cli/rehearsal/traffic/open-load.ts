import type { Asker } from './asker';

/** A timer is that coarse. A request that is later than this is late for its user too. */
const TIMER_MILLIS = 1;

/** A client that cannot keep up stops sending after so long, to hear its answers. */
const LONGEST_BURST_MILLIS = 10;

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
    private readonly asker: Pick<Asker, 'ask' | 'record'>,
    private readonly paths: readonly string[],
  ) {}

  /** Sets how many requests arrive in a second; takes effect at once. What the client did not get to at the old rate is not sent any more. */
  public set(perSecond: number): void {
    if (perSecond === this.perSecond) return;
    this.sendDue();
    this.asker.record.unsent(this.dueCount());
    this.asker.record.setDue(0);
    this.perSecond = perSecond;
    // what was not due at the old rate is not overdue at the new one.
    this.lastDueMillis = Math.max(this.lastDueMillis, performance.now() - this.gapMillis());
    this.wait();
  }

  private gapMillis(): number {
    return 1000 / this.perSecond;
  }

  private dueCount(): number {
    return Math.floor((performance.now() - this.lastDueMillis) / this.gapMillis());
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

  /** Sends what is due by now, and nothing that becomes due meanwhile. */
  private sendDue(): void {
    const nowMillis = performance.now();
    const mostMillis = nowMillis + LONGEST_BURST_MILLIS;
    while (this.lastDueMillis + this.gapMillis() <= nowMillis && performance.now() < mostMillis) {
      this.lastDueMillis += this.gapMillis();
      this.send(this.lastDueMillis);
    }
    this.asker.record.setDue(this.dueCount());
  }

  private send(dueMillis: number): void {
    const nowMillis = performance.now();
    this.asker.record.late((nowMillis - dueMillis) / 1000);
    this.asker.ask({
      path: this.paths[this.turn++ % this.paths.length]!,
      sinceMillis: Math.min(nowMillis, dueMillis + TIMER_MILLIS),
      onOver: () => {},
    });
  }
}
