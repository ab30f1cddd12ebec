import type { ObservedFleet } from '../scaling/fleet';
import type { Clock } from '../time/clock';
import type { ClientMeasurements } from './client';
import { addFailures, type Failures, failedCount, NO_FAILURES } from './failures';
import { percentilesOverRun } from './latency-over-run';
import type { TimelineRow, Totals } from './outcome';

const SECONDS_PER_HOUR = 3600;

/** What the totals read while the run goes on. */
interface RunTotalsInput {
  readonly fleet: ObservedFleet;
  readonly desiredCount: () => number;
  readonly maxCapacity: () => number;
}

/** Adds up the totals of a run while it runs. */
export class RunTotals {
  private requests = 0;
  private servedRequests = 0;
  private failures: Failures = NO_FAILURES;
  private requestsInFlight = 0;
  private latencySeconds = 0;
  private outageSeconds = 0;
  private secondsOverTarget = 0;
  private secondsAtMaxCapacity = 0;
  private maxDesiredCount: number;
  private isAtMaxCapacity: boolean;
  private desiredCountSinceSeconds: number;
  private firstOverTargetAtSeconds?: number;
  private recoveredAtSeconds?: number;

  public constructor(
    private readonly clock: Clock,
    private readonly input: RunTotalsInput,
  ) {
    this.maxDesiredCount = input.desiredCount();
    this.isAtMaxCapacity = this.maxDesiredCount >= input.maxCapacity();
    this.desiredCountSinceSeconds = clock.nowSeconds;
  }

  /** To be called when the desired count has changed, and at the end. */
  public recordDesiredCount(): void {
    const { nowSeconds } = this.clock;
    if (this.isAtMaxCapacity) this.secondsAtMaxCapacity += nowSeconds - this.desiredCountSinceSeconds;
    const desiredCount = this.input.desiredCount();
    this.desiredCountSinceSeconds = nowSeconds;
    this.isAtMaxCapacity = desiredCount >= this.input.maxCapacity();
    this.maxDesiredCount = Math.max(this.maxDesiredCount, desiredCount);
  }

  /** Adds what a client measured in a period of the scenario, which is shorter on the client's clock if a rehearsal is sped up. */
  public addMeasurements(measurements: ClientMeasurements, scenarioSeconds: number): void {
    this.requests += measurements.requests;
    this.servedRequests += measurements.servedRequests;
    this.failures = addFailures(this.failures, measurements.failures);
    this.requestsInFlight = measurements.inFlightRequests;
    this.latencySeconds += measurements.latencySeconds;
    if (measurements.seconds > 0) this.outageSeconds += (measurements.outageSeconds / measurements.seconds) * scenarioSeconds;
  }

  /** Adds a row, and whether any metric was over its target in it. */
  public addRow(isOverTarget: boolean, row: TimelineRow, rowSeconds: number): void {
    const startSeconds = row.atSeconds - rowSeconds;
    if (isOverTarget) {
      this.secondsOverTarget += rowSeconds;
      this.firstOverTargetAtSeconds ??= startSeconds;
    } else if (this.firstOverTargetAtSeconds !== undefined && row.healthyCount >= row.desiredCount) {
      this.recoveredAtSeconds ??= startSeconds;
    }
  }

  /** @param rows the rows of the whole run. */
  public totals(rows: readonly TimelineRow[]): Totals {
    this.recordDesiredCount();
    const { fleet } = this.input;
    const hasRecovered = this.firstOverTargetAtSeconds !== undefined && this.recoveredAtSeconds !== undefined;
    return {
      requests: this.requests,
      servedRequests: this.servedRequests,
      failedRequests: failedCount(this.failures),
      failures: this.failures,
      requestsInFlightAtEnd: this.requestsInFlight,
      meanLatencyMillis: this.servedRequests > 0 ? (1000 * this.latencySeconds) / this.servedRequests : 0,
      ...percentilesOverRun(rows),
      maxTasks: Math.max(this.maxDesiredCount, fleet.maxRunningCount),
      taskHours: fleet.billedTaskSeconds / SECONDS_PER_HOUR,
      ...(fleet.billedInstanceSeconds === undefined ? {} : { instanceHours: fleet.billedInstanceSeconds / SECONDS_PER_HOUR }),
      ...(fleet.surplusCpuCredits === undefined ? {} : { surplusCpuCredits: fleet.surplusCpuCredits }),
      secondsOverTarget: this.secondsOverTarget,
      secondsAtMaxCapacity: this.secondsAtMaxCapacity,
      outageSeconds: this.outageSeconds,
      timeToRecoverSeconds: hasRecovered ? this.recoveredAtSeconds! - this.firstOverTargetAtSeconds! : undefined,
    };
  }
}
