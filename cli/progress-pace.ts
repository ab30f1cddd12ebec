/** Nobody should wait for longer without a word. */
const FIRST_MILLIS = 2000;

/** However long it takes, it is not taken for dead. */
const MOST_MILLIS = 30_000;

/** When to say again that something still goes on: the longer it takes, the rarer, so that no log is full of it. */
export class Patience {
  private readonly beganMillis = performance.now();
  private endsMillis = this.beganMillis + FIRST_MILLIS;

  /** How long is waited so far. */
  public get seconds(): number {
    return (performance.now() - this.beganMillis) / 1000;
  }

  /** Whether it is time for a word. Who asks is taken to say one. */
  public isOver(): boolean {
    const nowMillis = performance.now();
    if (nowMillis < this.endsMillis) return false;
    this.endsMillis = nowMillis + Math.min(nowMillis - this.beganMillis, MOST_MILLIS);
    return true;
  }
}
