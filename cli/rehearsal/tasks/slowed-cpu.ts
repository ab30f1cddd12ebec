/**
 * Counts the CPU seconds of a task as those of the core that it seems to run on.
 *
 * A core at half its speed takes two seconds for what takes one at full speed.
 */
export class SlowedCpu {
  /** What the last reading came to. */
  public lastSeconds = 0;
  private usedSeconds = 0;
  private speed = 1;

  public constructor(private readonly readUsed: () => number) {}

  /** CPU seconds so far. A reading that turns out too high is kept until the task has used as much. */
  public read(): number {
    const usedSeconds = Math.max(this.usedSeconds, this.readUsed());
    this.lastSeconds += (usedSeconds - this.usedSeconds) / this.speed;
    this.usedSeconds = usedSeconds;
    return this.lastSeconds;
  }

  /** From now on the core has that share of its speed. */
  public setSpeed(share: number): void {
    this.read();
    this.speed = share;
  }
}
