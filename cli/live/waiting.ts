import type { LiveState } from './live-state';

/** The requests that wait for an answer now. */
export interface Waiting {
  readonly count: number;
  /** How long the oldest has waited, on the wall clock. */
  readonly longestSeconds: number;
  /** Whether that is much longer than requests take here. */
  readonly isLong: boolean;
}

/** A wait of so many times what all but the slowest requests take has another reason than they have. */
const TIMES_AS_LONG = 5;
/** Nobody calls less than this a wait. */
const LEAST_LONG_SECONDS = 1;

/** What waits at all tasks together. */
export function waitingOf({ tasks, timeline, now }: Pick<LiveState, 'tasks' | 'timeline' | 'now'>): Waiting {
  const longestSeconds = Math.max(0, ...tasks.map((task) => task.longestWaitSeconds ?? 0));
  return {
    count: tasks.reduce((sum, { waitingRequests = 0 }) => sum + waitingRequests, 0),
    longestSeconds,
    isLong: longestSeconds > Math.max(LEAST_LONG_SECONDS, TIMES_AS_LONG * usualSeconds(timeline, now)),
  };
}

/** The median of what all but the slowest took, minute by minute: what is long now does not make itself usual at once. */
function usualSeconds(timeline: LiveState['timeline'], now: LiveState['now']): number {
  const minutes = timeline.flatMap(({ p95Millis }) => p95Millis ?? []).sort((one, other) => one - other);
  return (minutes[Math.floor(minutes.length / 2)] ?? now.p95Millis ?? 0) / 1000;
}
