/** All kinds, in the order in which they are listed. */
export const FAILURE_KINDS = ['HTTP 502', 'HTTP 503', 'HTTP 504', 'other'] as const;

/**
 * How a request failed: a task broke off or refused it (502), there was no task (503), a task kept silent for longer than
 * the idle timeout (504), or anything else, such as an error page of the task itself.
 */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Failed requests by kind. */
export type Failures = Readonly<Record<FailureKind, number>>;

/** Nothing failed. */
export const NO_FAILURES: Failures = { 'HTTP 502': 0, 'HTTP 503': 0, 'HTTP 504': 0, other: 0 };

/** Of modelled requests shares fail: fewer than this are none. */
export const HALF_A_REQUEST = 0.5;

/** The kind of failure that a status code of 500 or more is. */
export function failureKindOf(statusCode: number): FailureKind {
  return FAILURE_KINDS.find((kind) => kind === `HTTP ${statusCode}`) ?? 'other';
}

/** The failures of two stretches of time together. */
export function addFailures(first: Failures, second: Failures): Failures {
  return mapKinds((kind) => first[kind] + second[kind]);
}

/** A count for each kind. */
export function mapKinds(countOf: (kind: FailureKind) => number): Failures {
  return { 'HTTP 502': countOf('HTTP 502'), 'HTTP 503': countOf('HTTP 503'), 'HTTP 504': countOf('HTTP 504'), other: countOf('other') };
}

/** All failed requests, whatever their kind. */
export function failedCount(failures: Failures): number {
  return FAILURE_KINDS.reduce((sum, kind) => sum + failures[kind], 0);
}
