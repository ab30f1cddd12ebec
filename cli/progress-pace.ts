/** Nobody should wait for longer without a word. */
const FIRST_MILLIS = 2000;

/** The longest silence: beyond it a command is taken for dead. */
const MOST_MILLIS = 30_000;

/** When to say again that something still goes on: the longer it takes, the rarer, so that no log is full of it. */
export class ProgressPace {
  private readonly beganMillis = performance.now();
  private dueMillis = this.beganMillis + FIRST_MILLIS;

  /** How long it takes so far. */
  public get seconds(): number {
    return (performance.now() - this.beganMillis) / 1000;
  }

  /** Whether it is time for a word. */
  public get isDue(): boolean {
    return performance.now() >= this.dueMillis;
  }

  /** A word was said. */
  public told(): void {
    const nowMillis = performance.now();
    this.dueMillis = nowMillis + Math.min(nowMillis - this.beganMillis, MOST_MILLIS);
  }
}
