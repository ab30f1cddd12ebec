/** Requests that a task holds and does not answer, by when they came. */
export class HeldRequests {
  private readonly atSeconds: number[] = [];
  private readonly counts: number[] = [];
  private sum = 0;

  public get count(): number {
    return this.sum;
  }

  public add(atSeconds: number, count: number): void {
    if (count <= 0) return;
    this.atSeconds.push(atSeconds);
    this.counts.push(count);
    this.sum += count;
  }

  /** Takes out those that came at a second or before. */
  public takeUntil(seconds: number): number {
    let taken = 0;
    while (this.counts.length > 0 && this.atSeconds[0]! <= seconds) {
      this.atSeconds.shift();
      taken += this.counts.shift()!;
    }
    // what is left is added up anew, so that nothing is left of nothing.
    this.sum = this.counts.reduce((sum, count) => sum + count, 0);
    return taken;
  }

  /** The seconds that all of them have waited, added up. */
  public waitedSeconds(nowSeconds: number): number {
    return this.counts.reduce((sum, count, index) => sum + count * (nowSeconds - this.atSeconds[index]!), 0);
  }
}
