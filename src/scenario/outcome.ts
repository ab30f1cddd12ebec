import type { Activity, NotScaled } from '../scaling/activity';
import type { Failures } from './failures';
import type { FaultKind } from './fault';

/** One minute of a run, or less at its end. */
export interface TimelineRow {
  /** When the row ends, in seconds of the scenario. */
  readonly atSeconds: number;
  /** The users at the end of the row; undefined for an open load. */
  readonly users?: number;
  /** Requests sent in a second, on average over the row. */
  readonly offeredPerSecond: number;
  /** Requests answered in a second, on average over the row. */
  readonly requestsPerSecond: number;
  readonly failedRequests: number;
  readonly failures: Failures;
  /** Requests that failed in a second, on average over the row: of the wall clock in a rehearsal. */
  readonly failedPerSecond: number;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly healthyCount: number;
  /** Undefined where no task ran. */
  readonly cpuUtilizationPercent?: number;
  /** Undefined where no task ran, or where nobody knows what memory the tasks use. */
  readonly memoryUtilizationPercent?: number;
  /** Requests in a minute for each healthy task; undefined where no task was healthy. */
  readonly requestCountPerTarget?: number;
  /** Undefined where nothing was answered. */
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  /** What the kinder of the latency models says, in a forecast. */
  readonly p95LowMillis?: number;
  /** What the more cautious of the latency models says, in a forecast. */
  readonly p95HighMillis?: number;
}

/** What befell the tasks of a run, or was done to them. */
export type OutcomeEventKind =
  | 'fault'
  | 'task-lost'
  | 'replacement-healthy'
  | 'zone-recovered'
  | 'rebalancing-started'
  | 'deployment-started'
  | 'deployment-completed'
  | 'deployment-failed'
  | 'rolled-back'
  | 'policy-changed';

/** What an event says besides its kind and its words. */
export type EventDetails = Pick<OutcomeEvent, 'tasks' | 'fault' | 'durationSeconds'>;

export interface OutcomeEvent {
  readonly atSeconds: number;
  readonly kind: OutcomeEventKind;
  /** In a few words, such as `2 tasks were stopped`. */
  readonly description: string;
  /** The tasks that it befell, by their number in the order of launch: none where a fault for tasks met none, left out where it is not about tasks. */
  readonly tasks?: readonly number[];
  /** Which fault it is, where it is one. */
  readonly fault?: FaultKind;
  /** How long a fault lasts, where it does. */
  readonly durationSeconds?: number;
}

/** The answer to a scenario. */
export interface Outcome {
  readonly kind: 'forecast' | 'rehearsal';
  readonly timeline: readonly TimelineRow[];
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
  readonly events: readonly OutcomeEvent[];
  readonly totals: Totals;
}

/** Sums over a whole run. Every request that was sent was served, has failed, or is in flight at the end. */
export interface Totals {
  /** Requests that were sent. */
  readonly requests: number;
  readonly servedRequests: number;
  readonly failedRequests: number;
  readonly failures: Failures;
  /** Requests that wait for their answer when the run ends. */
  readonly inFlightRequests: number;
  readonly meanLatencyMillis: number;
  /** The most tasks that were wanted, or ran, at once. */
  readonly maxTasks: number;
  /** Hours that are paid for: each task from its launch until it has stopped. */
  readonly taskHours: number;
  /** Seconds in which the metric of any policy was over its target, looked at once a minute as CloudWatch does. */
  readonly secondsOverTarget: number;
  /** Seconds in which no more tasks may have been wanted. */
  readonly secondsAtMaxCapacity: number;
  /** Seconds in which requests failed or waited and none was answered; in a forecast, no more than one in twenty. */
  readonly outageSeconds: number;
  /**
   * From the minute in which a metric was first over its target to the one in which none is any more and all wanted tasks are
   * healthy; undefined where the first or the second did not come.
   */
  readonly secondsFromSurgeToRelief?: number;
}

/** The desired counts in the order they were set, the first one included. */
export function desiredCounts(outcome: Outcome): number[] {
  const first = outcome.activities[0]?.fromCapacity ?? outcome.timeline[0]?.desiredCount ?? 0;
  return [first, ...outcome.activities.map((activity) => activity.toCapacity)];
}
