import { countersBetween, type FleetCounters } from '../metrics/fleet-counters';
import { latenciesOf } from '../metrics/latency-percentiles';
import { signalValues } from '../metrics/metric';
import type { CountingRules } from '../metrics/signals';
import type { ObservedFleet } from '../scaling/fleet';
import type { Cancel, Clock } from '../time/clock';
import { every } from '../time/clock';
import type { Client } from './client';
import { failedCount } from './failures';
import type { TimelineRow, Totals } from './outcome';
import { ROW_SECONDS } from './outcome';
import { RunTotals } from './run-totals';

/** The seconds after the last full minute become a row only if they are at least this many: a rehearsal waits for the last responses. */
const MIN_LAST_ROW_SECONDS = 10;

interface TimelineOptions {
  readonly fleet: ObservedFleet;
  readonly client: Client;
  readonly countingRules: CountingRules;
  readonly desiredCount: () => number;
  readonly maxCapacity: () => number;
  /** Whether any metric that a policy follows was over its target in a period in which this was counted. */
  readonly isOverTarget: (counted: FleetCounters) => boolean;
  readonly onRow: (row: TimelineRow) => void;
}

/** Records once a minute the state of a fleet and what its client measured. */
export class Timeline {
  public readonly stop: Cancel;
  private readonly rows: TimelineRow[] = [];
  private readonly runTotals: RunTotals;
  private lastRowCounters: FleetCounters;

  private constructor(
    private readonly clock: Clock,
    private readonly options: TimelineOptions,
  ) {
    this.lastRowCounters = options.fleet.counters;
    this.runTotals = new RunTotals(clock, options);
    this.stop = every(clock, { firstAtSeconds: ROW_SECONDS, periodSeconds: ROW_SECONDS }, () => this.addRow());
  }

  public static start(clock: Clock, options: TimelineOptions): Timeline {
    return new Timeline(clock, options);
  }

  /** To be called when the desired count has changed. */
  public recordDesiredCount(): void {
    this.runTotals.recordDesiredCount();
  }

  /** Adds what was measured since the last row, and returns the rows and totals. */
  public finish(): { readonly rows: readonly TimelineRow[]; readonly totals: Totals } {
    const remainingSeconds = this.clock.nowSeconds - this.lastRowEndSeconds;
    if (remainingSeconds >= MIN_LAST_ROW_SECONDS || this.rows.length === 0) this.addRow();
    else this.runTotals.addMeasurements(this.options.client.takeMeasurements(), remainingSeconds);
    return { rows: this.rows, totals: this.runTotals.totals(this.rows) };
  }

  private get lastRowEndSeconds(): number {
    return this.rows.at(-1)?.atSeconds ?? 0;
  }

  private addRow(): void {
    const { fleet, client, countingRules, desiredCount, isOverTarget, onRow } = this.options;
    const rowSeconds = this.clock.nowSeconds - this.lastRowEndSeconds;
    const measurements = client.takeMeasurements();
    const counters = fleet.counters;
    const counted = countersBetween(this.lastRowCounters, counters);
    this.lastRowCounters = counters;
    this.runTotals.addMeasurements(measurements, rowSeconds);
    const { seconds, requests, servedRequests, failures, users } = measurements;
    const row: TimelineRow = {
      atSeconds: this.clock.nowSeconds,
      users,
      sentRequestsPerSecond: seconds > 0 ? requests / seconds : 0,
      servedRequestsPerSecond: seconds > 0 ? servedRequests / seconds : 0,
      failedRequests: failedCount(failures),
      failures,
      failedRequestsPerSecond: seconds > 0 ? failedCount(failures) / seconds : 0,
      desiredCount: desiredCount(),
      runningCount: fleet.runningCount,
      healthyCount: fleet.healthyCount,
      ...signalValues(counted, countingRules),
      ...latenciesOf(measurements),
    };
    this.rows.push(row);
    this.runTotals.addRow(isOverTarget(counted), row, rowSeconds);
    onRow(row);
  }
}
