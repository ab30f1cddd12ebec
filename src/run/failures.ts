/** All kinds of failures, in the order of display. */
export const FAILURE_KINDS = ['HTTP 502', 'HTTP 503', 'HTTP 504', 'other'] as const;

/**
 * How a request failed: a task closed or refused the connection (502), there was no healthy task (503), a task did not respond
 * within the idle timeout (504), or anything else, such as a 500 of the task; a 502, 503 or 504 of the task itself is counted as that kind.
 */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Failed requests by kind. */
export type Failures = Readonly<Record<FailureKind, number>>;

/** No failures. */
export const NO_FAILURES: Failures = { 'HTTP 502': 0, 'HTTP 503': 0, 'HTTP 504': 0, other: 0 };

/** In a forecast fractions of requests fail: fewer failed requests than this are reported as none. */
export const MIN_REPORTED_FAILED_REQUESTS = 0.5;

/** The kind of failure of a status code of 500 or more. */
export function failureKindOf(statusCode: number): FailureKind {
  return FAILURE_KINDS.find((kind) => kind === `HTTP ${statusCode}`) ?? 'other';
}

/** The sum of the failures of two periods. */
export function addFailures(first: Failures, second: Failures): Failures {
  return failuresByKind((kind) => first[kind] + second[kind]);
}

/** A count for each kind. */
export function failuresByKind(countOf: (kind: FailureKind) => number): Failures {
  return { 'HTTP 502': countOf('HTTP 502'), 'HTTP 503': countOf('HTTP 503'), 'HTTP 504': countOf('HTTP 504'), other: countOf('other') };
}

/** All failed requests, whatever their kind. */
export function failedCount(failures: Failures): number {
  let count = 0;
  for (const kind of FAILURE_KINDS) count += failures[kind];
  return count;
}
