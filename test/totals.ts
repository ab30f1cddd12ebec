import { NO_FAILURES } from '../src/run/failures';
import type { Totals } from '../src/run/outcome';

/** The sums of a run in which nothing came and nothing went wrong, but for what is changed. */
export function totals(changes: Partial<Totals> = {}): Totals {
  return {
    requests: 0,
    servedRequests: 0,
    failedRequests: 0,
    failures: NO_FAILURES,
    requestsInFlightAtEnd: 0,
    meanLatencyMillis: 0,
    maxTasks: 2,
    taskHours: 0,
    secondsOverTarget: 0,
    secondsAtMaxCapacity: 0,
    outageSeconds: 0,
    ...changes,
  };
}
