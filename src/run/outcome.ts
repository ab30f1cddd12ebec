import type { FaultKind } from '../faults/fault-kinds';
import type { ClientLatencies, LatencyRanges } from '../metrics/latency-percentiles';
import type { SignalValues } from '../metrics/signals';
import type { Activity, NotScaled } from '../scaling/activity';
import type { OutcomeEventKind } from './event-kinds';
import type { Failures } from './failures';

/** One minute of a run; the last row can be shorter. */
export interface TimelineRow extends SignalValues, ClientLatencies, LatencyRanges {
  /** When the row ends, in seconds of the scenario. */
  readonly atSeconds: number;
  /** The users at the end of the row; undefined for an open load. */
  readonly users?: number;
  /** Requests sent per second, on average over the row: those that were served, that failed, and that still wait. */
  readonly sentRequestsPerSecond: number;
  /** Successful responses per second, on average over the row. */
  readonly servedRequestsPerSecond: number;
  readonly failedRequests: number;
  readonly failures: Failures;
  /** Failed requests per second, on average over the row: of the wall clock in a rehearsal. */
  readonly failedRequestsPerSecond: number;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly healthyCount: number;
}

export type { OutcomeEventKind };

/** What an event has besides its kind and its description. */
export type EventDetails = Pick<OutcomeEvent, 'tasks' | 'fault' | 'durationSeconds'>;

export interface OutcomeEvent {
  readonly atSeconds: number;
  readonly kind: OutcomeEventKind;
  /** A short text, such as `2 tasks were stopped`. */
  readonly description: string;
  /** The numbers of the affected tasks in the order of launch: empty if a fault affected no task, undefined if the event is not about tasks. */
  readonly tasks?: readonly number[];
  /** The kind of fault, if it is one. */
  readonly fault?: FaultKind;
  /** The duration of a fault, if it has one. */
  readonly durationSeconds?: number;
}

/** The result of a scenario. */
export interface Outcome {
  readonly kind: 'forecast' | 'rehearsal' | 'observed';
  readonly timeline: readonly TimelineRow[];
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
  readonly events: readonly OutcomeEvent[];
  readonly totals: Totals;
}

/** Totals of a run. Each sent request was served, failed, or is in flight at the end. */
export interface Totals {
  /** Requests that were sent. */
  readonly requests: number;
  readonly servedRequests: number;
  readonly failedRequests: number;
  readonly failures: Failures;
  /** Requests that wait for a response when the run ends. */
  readonly requestsInFlightAtEnd: number;
  readonly meanLatencyMillis: number;
  /** The 95th percentile of the latency over the whole run; undefined if nothing was served. */
  readonly p95Millis?: number;
  /** The 99th percentile of the latency over the whole run; undefined if nothing was served. */
  readonly p99Millis?: number;
  /** The highest desired or running count. */
  readonly maxTasks: number;
  /** Billed task-hours: each task from its launch until it has stopped. */
  readonly taskHours: number;
  /** Hours of the instances that tasks of ECS run on; undefined on Fargate. */
  readonly instanceHours?: number;
  /** The surplus CPU credits that AWS charges for; undefined without burstable instances. */
  readonly surplusCpuCredits?: number;
  /** Seconds in which the metric of any policy was over its target, measured once a minute as in CloudWatch. */
  readonly secondsOverTarget: number;
  /** Seconds in which the desired count was the maximum capacity. */
  readonly secondsAtMaxCapacity: number;
  /** Seconds in which requests failed or waited and none succeeded; in a forecast, at most one in twenty. */
  readonly outageSeconds: number;
  /**
   * From the minute in which a metric was first over its target to the first minute in which none is and all desired tasks are
   * healthy; undefined if the target was not exceeded or the service did not recover.
   */
  readonly timeToRecoverSeconds?: number;
}

/** The desired counts in the order in which they were set, including the first. */
export function desiredCounts(outcome: Outcome): number[] {
  const first = outcome.activities[0]?.fromCapacity ?? outcome.timeline[0]?.desiredCount ?? 0;
  return [first, ...outcome.activities.map((activity) => activity.toCapacity)];
}

/** The length of a row of a timeline, except the last. */
export const ROW_SECONDS = 60;

type RowOfRate = Pick<TimelineRow, 'atSeconds' | 'servedRequestsPerSecond'>;

/**
 * Requests served per second, on average over rows of a timeline, weighted by their length.
 *
 * @param first the index of the first of the rows.
 * @param end the index after the last of them.
 */
export function meanServedRequestsPerSecond(timeline: readonly RowOfRate[], first = 0, end = timeline.length): number {
  const seconds = rowStartSeconds(timeline, end) - rowStartSeconds(timeline, first);
  let responses = 0;
  for (let index = first; index < end; index++) {
    responses += timeline[index]!.servedRequestsPerSecond * (rowStartSeconds(timeline, index + 1) - rowStartSeconds(timeline, index));
  }
  return seconds > 0 ? responses / seconds : 0;
}

/** The second of the scenario at which a row starts. */
export function rowStartSeconds(timeline: readonly RowOfRate[], index: number): number {
  return index === 0 ? 0 : timeline[index - 1]!.atSeconds;
}
