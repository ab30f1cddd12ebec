import type { FleetCounters } from '../scaling/fleet';
import { measure } from '../scaling/measurement';
import { every } from '../time/every';
import type { Cancel, Time } from '../time/time';
import type { Client } from './client';
import { failedCount } from './failures';
import type { TimelineRow, Totals } from './outcome';
import { ROW_SECONDS } from './row-seconds';
import { RunTotals } from './run-totals';
import type { WatchedFleet } from './watched-fleet';

/** What is left at the end makes a row of its own only when it is longer than this: the last answers take a moment. */
const SHORTEST_ROW_SECONDS = 10;

interface TimelineOptions {
  readonly fleet: WatchedFleet;
  readonly client: Client;
  readonly desiredCount: () => number;
  readonly maxCapacity: () => number;
  /** Whether any metric that a policy follows was over its target between two readings. */
  readonly isOverTarget: (before: FleetCounters, after: FleetCounters) => boolean;
  readonly onRow: (row: TimelineRow) => void;
}

/** Writes down once a minute what a fleet and its client do. */
export class Timeline {
  public readonly stop: Cancel;
  private readonly rows: TimelineRow[] = [];
  private readonly totals: RunTotals;
  private counters: FleetCounters;

  private constructor(
    private readonly time: Time,
    private readonly options: TimelineOptions,
  ) {
    this.counters = options.fleet.counters;
    this.totals = new RunTotals(time, options);
    this.stop = every(time, { firstAtSeconds: ROW_SECONDS, periodSeconds: ROW_SECONDS }, () => this.addRow());
  }

  public static start(time: Time, options: TimelineOptions): Timeline {
    return new Timeline(time, options);
  }

  /** Looks at the desired count, which has just changed. */
  public noteDesiredCount(): void {
    this.totals.noteDesiredCount();
  }

  /** Counts what came since the last row, and sums up. */
  public finish(): { readonly rows: readonly TimelineRow[]; readonly totals: Totals } {
    const leftSeconds = this.time.nowSeconds - this.lastRowSeconds;
    if (leftSeconds >= SHORTEST_ROW_SECONDS || this.rows.length === 0) this.addRow();
    else this.totals.addReading(this.options.client.takeReading(), leftSeconds);
    return { rows: this.rows, totals: this.totals.sum() };
  }

  private get lastRowSeconds(): number {
    return this.rows.at(-1)?.atSeconds ?? 0;
  }

  private addRow(): void {
    const { fleet, client, desiredCount, isOverTarget, onRow } = this.options;
    const rowSeconds = this.time.nowSeconds - this.lastRowSeconds;
    const reading = client.takeReading();
    const counters = fleet.counters;
    const before = this.counters;
    this.counters = counters;
    this.totals.addReading(reading, rowSeconds);
    const { seconds, requests, servedRequests, failures, users, p50Millis, p95Millis, p95LowMillis, p95HighMillis } = reading;
    const row: TimelineRow = {
      atSeconds: this.time.nowSeconds,
      users,
      offeredPerSecond: seconds > 0 ? requests / seconds : 0,
      requestsPerSecond: seconds > 0 ? servedRequests / seconds : 0,
      failedRequests: failedCount(failures),
      failures,
      failedPerSecond: seconds > 0 ? failedCount(failures) / seconds : 0,
      desiredCount: desiredCount(),
      runningCount: fleet.runningCount,
      healthyCount: fleet.healthyCount,
      cpuUtilizationPercent: measure({ metric: 'ECSServiceAverageCPUUtilization' }, before, counters),
      memoryUtilizationPercent: measure({ metric: 'ECSServiceAverageMemoryUtilization' }, before, counters),
      requestCountPerTarget: measure({ metric: 'ALBRequestCountPerTarget' }, before, counters),
      p50Millis,
      p95Millis,
      p95LowMillis,
      p95HighMillis,
    };
    this.rows.push(row);
    this.totals.addSignals(isOverTarget(before, counters), row, rowSeconds);
    onRow(row);
  }
}
