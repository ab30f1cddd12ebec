import type { Cancel, Clock } from './clock';

/** The longest delay of a timer of Node, 24.8 days: a longer one would be due at once. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

/**
 * The clock of a rehearsal: the wall clock, sped up by a factor. Its seconds are seconds of the scenario.
 *
 * At a speed of 20, a cooldown of 300 seconds passes in 15 seconds of the wall clock. Only timers of this clock are sped up, not requests,
 * processes or sockets.
 */
export class SpedUpClock implements Clock {
  private speedSetAtWallMillis = performance.now();
  private speedSetAtScenarioSeconds = 0;
  private stoppedAtWallMillis?: number;
  private readonly timers = new Set<NodeJS.Timeout>();

  /** @param currentSpeed seconds of the scenario per second of the wall clock. */
  public constructor(private currentSpeed: number) {}

  public get speed(): number {
    return this.currentSpeed;
  }

  public get nowSeconds(): number {
    return (
      this.speedSetAtScenarioSeconds + (((this.stoppedAtWallMillis ?? performance.now()) - this.speedSetAtWallMillis) / 1000) * this.speed
    );
  }

  /** Changes the speed from now on. Timers that were started before are not changed. */
  public changeSpeed(speed: number): void {
    this.speedSetAtScenarioSeconds = this.nowSeconds;
    this.speedSetAtWallMillis = this.stoppedAtWallMillis ?? performance.now();
    this.currentSpeed = speed;
  }

  public after(delaySeconds: number, run: () => void): Cancel {
    if (this.stoppedAtWallMillis !== undefined) return () => {};
    const millis = (Math.max(0, delaySeconds) * 1000) / this.speed;
    if (millis > MAX_TIMER_MILLIS) return this.afterMany(delaySeconds, run);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, millis);
    this.timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.timers.delete(timer);
    };
  }

  /** A delay that is longer than a timer can be. */
  private afterMany(delaySeconds: number, run: () => void): Cancel {
    const firstSeconds = (MAX_TIMER_MILLIS / 1000) * this.speed;
    let cancel = this.after(firstSeconds, () => {
      cancel = this.after(delaySeconds - firstSeconds, run);
    });
    return () => cancel();
  }

  /** Stops the clock: cancels all timers and starts no new ones. */
  public stop(): void {
    this.stoppedAtWallMillis ??= performance.now();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
