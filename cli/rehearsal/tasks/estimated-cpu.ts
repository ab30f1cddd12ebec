/**
 * The CPU time of a task whose platform tells it only now and then.
 *
 * Between two answers the task is taken to use, while it is not paused, as much
 * as between the last two. The next answer puts that right, so an idle task is
 * not paused, a busy one gets its share in the long run, and a burst after a
 * quiet time is noticed an answer late and paid back.
 */
export class EstimatedCpu {
  private knownSeconds = 0;
  private runningAtKnown = 0;
  /** Cores used while running. Busy to begin with, since a program that starts up is. */
  private cores = 1;

  public constructor(private readonly runningSeconds: () => number) {}

  public read(): number {
    return this.knownSeconds + this.cores * (this.runningSeconds() - this.runningAtKnown);
  }

  /** Takes in what the platform says. */
  public correct(cpuSeconds: number): void {
    const running = this.runningSeconds();
    const ran = running - this.runningAtKnown;
    if (ran > 0) this.cores = (cpuSeconds - this.knownSeconds) / ran;
    this.knownSeconds = cpuSeconds;
    this.runningAtKnown = running;
  }
}
