import type { Activity, NotScaled } from '../scaling/activity';

/** One minute of a run, or less at its end. */
export interface TimelineRow {
  /** When the row ends, in seconds of the scenario. */
  readonly atSeconds: number;
  /** The users at the end of the row; undefined for an open load. */
  readonly users?: number;
  /** Requests answered in a second, on average over the row. */
  readonly requestsPerSecond: number;
  readonly failedRequests: number;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly healthyCount: number;
  /** Undefined where no task ran. */
  readonly cpuUtilizationPercent?: number;
  /** Requests in a minute for each healthy task; undefined where no task was healthy. */
  readonly requestCountPerTarget?: number;
  /** Undefined where nothing was answered. */
  readonly p50Millis?: number;
  readonly p95Millis?: number;
}

/** The answer to a scenario. */
export interface Outcome {
  readonly kind: 'forecast' | 'rehearsal';
  readonly timeline: readonly TimelineRow[];
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
  readonly totals: Totals;
}

/** Sums over a whole run. */
export interface Totals {
  readonly requests: number;
  readonly failedRequests: number;
  readonly meanLatencyMillis: number;
  readonly maxTasks: number;
  /** Hours that are paid for: each task from its launch until it has stopped. */
  readonly taskHours: number;
}

/** The desired counts in the order they were set, the first one included. */
export function desiredCounts(outcome: Outcome): number[] {
  const first = outcome.activities[0]?.fromCapacity ?? outcome.timeline[0]?.desiredCount ?? 0;
  return [first, ...outcome.activities.map((activity) => activity.toCapacity)];
}
