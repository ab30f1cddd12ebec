import type { Cancel, Time } from './time';

/**
 * Time as the wall clock tells it, sped up by a factor.
 *
 * At a speed of 20, a cooldown of 300 seconds passes in 15. Only what waits on
 * this clock is sped up: requests, processes and sockets keep their own pace.
 */
export class WallTime implements Time {
  private sinceMillis = performance.now();
  private sinceSeconds = 0;
  private stoppedAtMillis?: number;
  private readonly pending = new Set<NodeJS.Timeout>();

  /** @param passingSpeed scenario seconds that pass in one second of the wall clock. */
  public constructor(private passingSpeed: number) {}

  public get speed(): number {
    return this.passingSpeed;
  }

  public get nowSeconds(): number {
    return this.sinceSeconds + (((this.stoppedAtMillis ?? performance.now()) - this.sinceMillis) / 1000) * this.speed;
  }

  /** Passes at another speed from now on. What waits already is called when it would have been. */
  public changeSpeed(speed: number): void {
    this.sinceSeconds = this.nowSeconds;
    this.sinceMillis = this.stoppedAtMillis ?? performance.now();
    this.passingSpeed = speed;
  }

  public after(delaySeconds: number, run: () => void): Cancel {
    if (this.stoppedAtMillis !== undefined) return () => {};
    const timer = setTimeout(
      () => {
        this.pending.delete(timer);
        run();
      },
      (Math.max(0, delaySeconds) * 1000) / this.speed,
    );
    this.pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.pending.delete(timer);
    };
  }

  /** Stands still from now on: calls off everything that still waits, and takes nothing new. */
  public stop(): void {
    this.stoppedAtMillis ??= performance.now();
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
