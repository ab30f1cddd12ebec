import type { Time } from '../time/time';
import type { ClientReading } from './client';
import { addFailures, type Failures, failedCount, NO_FAILURES } from './failures';
import type { TimelineRow, Totals } from './outcome';
import type { WatchedFleet } from './watched-fleet';

const SECONDS_PER_HOUR = 3600;

interface Watched {
  readonly fleet: WatchedFleet;
  readonly desiredCount: () => number;
  readonly maxCapacity: () => number;
}

/** Sums up a run while it goes on. */
export class RunTotals {
  private requests = 0;
  private servedRequests = 0;
  private failures: Failures = NO_FAILURES;
  private inFlightRequests = 0;
  private latencySeconds = 0;
  private outageSeconds = 0;
  private secondsOverTarget = 0;
  private secondsAtMaxCapacity = 0;
  private mostWanted: number;
  private isAtMaxCapacity: boolean;
  private lookedAtSeconds: number;
  private surgeAtSeconds?: number;
  private reliefAtSeconds?: number;

  public constructor(
    private readonly time: Time,
    private readonly watched: Watched,
  ) {
    this.mostWanted = watched.desiredCount();
    this.isAtMaxCapacity = this.mostWanted >= watched.maxCapacity();
    this.lookedAtSeconds = time.nowSeconds;
  }

  /** Looks at the desired count, which has just changed. */
  public noteDesiredCount(): void {
    const { nowSeconds } = this.time;
    if (this.isAtMaxCapacity) this.secondsAtMaxCapacity += nowSeconds - this.lookedAtSeconds;
    const desiredCount = this.watched.desiredCount();
    this.lookedAtSeconds = nowSeconds;
    this.isAtMaxCapacity = desiredCount >= this.watched.maxCapacity();
    this.mostWanted = Math.max(this.mostWanted, desiredCount);
  }

  /** Adds what a client saw in so many seconds of the scenario, which may be fewer on its own clock. */
  public addReading(reading: ClientReading, scenarioSeconds: number): void {
    this.requests += reading.requests;
    this.servedRequests += reading.servedRequests;
    this.failures = addFailures(this.failures, reading.failures);
    this.inFlightRequests = reading.inFlightRequests;
    this.latencySeconds += reading.latencySeconds;
    if (reading.seconds > 0) this.outageSeconds += (reading.outageSeconds / reading.seconds) * scenarioSeconds;
  }

  /** Adds what the metrics say of a row. */
  public addSignals(isOverTarget: boolean, row: TimelineRow, rowSeconds: number): void {
    const startSeconds = row.atSeconds - rowSeconds;
    if (isOverTarget) {
      this.secondsOverTarget += rowSeconds;
      this.surgeAtSeconds ??= startSeconds;
    } else if (this.surgeAtSeconds !== undefined && row.healthyCount >= row.desiredCount) {
      this.reliefAtSeconds ??= startSeconds;
    }
  }

  public sum(): Totals {
    this.noteDesiredCount();
    const { fleet } = this.watched;
    const hasRelief = this.surgeAtSeconds !== undefined && this.reliefAtSeconds !== undefined;
    return {
      requests: this.requests,
      servedRequests: this.servedRequests,
      failedRequests: failedCount(this.failures),
      failures: this.failures,
      inFlightRequests: this.inFlightRequests,
      meanLatencyMillis: this.servedRequests > 0 ? (1000 * this.latencySeconds) / this.servedRequests : 0,
      maxTasks: Math.max(this.mostWanted, fleet.mostRunning),
      taskHours: fleet.taskSeconds / SECONDS_PER_HOUR,
      secondsOverTarget: this.secondsOverTarget,
      secondsAtMaxCapacity: this.secondsAtMaxCapacity,
      outageSeconds: this.outageSeconds,
      secondsFromSurgeToRelief: hasRelief ? this.reliefAtSeconds! - this.surgeAtSeconds! : undefined,
    };
  }
}
