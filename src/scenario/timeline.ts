import type { FleetCounters } from '../scaling/fleet';
import { measure } from '../scaling/measurement';
import { every } from '../time/every';
import type { Cancel, Time } from '../time/time';
import type { Client, ClientReading } from './client';
import type { TimelineRow, Totals } from './outcome';
import type { WatchedFleet } from './watched-fleet';

const ROW_SECONDS = 60;

/** What is left at the end makes a row of its own only when it is longer than this: the last answers take a moment. */
const SHORTEST_ROW_SECONDS = 10;
const SECONDS_PER_HOUR = 3600;

interface TimelineOptions {
  readonly fleet: WatchedFleet;
  readonly client: Client;
  readonly desiredCount: () => number;
  readonly onRow: (row: TimelineRow) => void;
}

/** Writes down once a minute what a fleet and its client do. */
export class Timeline {
  public readonly stop: Cancel;
  private readonly rows: TimelineRow[] = [];
  private counters: FleetCounters;
  private requests = 0;
  private failedRequests = 0;
  private latencySeconds = 0;
  private maxTasks = 0;

  private constructor(
    private readonly time: Time,
    private readonly options: TimelineOptions,
  ) {
    this.counters = options.fleet.counters;
    this.stop = every(time, { firstAtSeconds: ROW_SECONDS, periodSeconds: ROW_SECONDS }, () => this.addRow());
  }

  public static start(time: Time, options: TimelineOptions): Timeline {
    return new Timeline(time, options);
  }

  /** Counts what came since the last row, and sums up. */
  public finish(): { readonly rows: readonly TimelineRow[]; readonly totals: Totals } {
    const lastSeconds = this.rows.at(-1)?.atSeconds ?? 0;
    const leftSeconds = this.time.nowSeconds - lastSeconds;
    if (leftSeconds >= SHORTEST_ROW_SECONDS || this.rows.length === 0) this.addRow();
    else this.addUp(this.options.client.takeReading());
    const answered = this.requests - this.failedRequests;
    return {
      rows: this.rows,
      totals: {
        requests: this.requests,
        failedRequests: this.failedRequests,
        meanLatencyMillis: answered > 0 ? (1000 * this.latencySeconds) / answered : 0,
        maxTasks: this.maxTasks,
        taskHours: this.options.fleet.taskSeconds / SECONDS_PER_HOUR,
      },
    };
  }

  private addRow(): void {
    const { fleet, client, desiredCount, onRow } = this.options;
    const reading = client.takeReading();
    const counters = fleet.counters;
    const before = this.counters;
    this.counters = counters;
    this.addUp(reading);
    const row: TimelineRow = {
      atSeconds: this.time.nowSeconds,
      users: reading.users,
      requestsPerSecond: reading.seconds > 0 ? (reading.requests - reading.failedRequests) / reading.seconds : 0,
      failedRequests: reading.failedRequests,
      desiredCount: desiredCount(),
      runningCount: fleet.runningCount,
      healthyCount: fleet.healthyCount,
      cpuUtilizationPercent: measure({ metric: 'ECSServiceAverageCPUUtilization' }, before, counters),
      requestCountPerTarget: measure({ metric: 'ALBRequestCountPerTarget' }, before, counters),
      p50Millis: reading.p50Millis,
      p95Millis: reading.p95Millis,
    };
    this.rows.push(row);
    onRow(row);
  }

  private addUp(reading: ClientReading): void {
    this.requests += reading.requests;
    this.failedRequests += reading.failedRequests;
    this.latencySeconds += reading.latencySeconds;
    this.maxTasks = Math.max(this.maxTasks, this.options.desiredCount(), this.options.fleet.runningCount);
  }
}
