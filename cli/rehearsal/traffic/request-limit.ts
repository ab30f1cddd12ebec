/** The stretch of time whose requests may be made up for at once, so that a timer's coarseness does not lower the limit. */
const BURST_SECONDS = 0.01;

/** The longest pause before the limit is looked at again. */
const LONGEST_PAUSE_MILLIS = 1000;

/** Lets so many requests through in a second and makes the others wait their turn. */
export class RequestLimit {
  private perSecond?: number;
  private credit = 0;
  private countedAtMillis = performance.now();
  private readonly waiting: (() => boolean)[] = [];
  private timer?: NodeJS.Timeout;

  /** Sets how many requests may pass in a second, undefined for all; takes effect at once. */
  public set(perSecond: number | undefined): void {
    this.addCredit();
    this.perSecond = perSecond;
    this.release();
  }

  /** Runs a step as soon as its turn has come. A step that returns false sent nothing, and its turn goes to the next. */
  public pass(step: () => boolean): void {
    this.waiting.push(step);
    this.release();
  }

  private release(): void {
    this.addCredit();
    while (this.waiting.length > 0 && this.credit >= 1) {
      if (this.waiting.shift()!()) this.credit -= 1;
    }
    clearTimeout(this.timer);
    if (this.waiting.length > 0) this.timer = setTimeout(() => this.release(), this.pauseMillis());
  }

  private addCredit(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.countedAtMillis) / 1000;
    this.countedAtMillis = nowMillis;
    if (this.perSecond === undefined) this.credit = Number.POSITIVE_INFINITY;
    else this.credit = Math.min(Math.max(1, this.perSecond * BURST_SECONDS), this.credit + this.perSecond * seconds);
  }

  private pauseMillis(): number {
    return Math.min(LONGEST_PAUSE_MILLIS, (1000 * (1 - this.credit)) / this.perSecond!);
  }
}
