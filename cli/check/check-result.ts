/** What a check found; `skipped` if it cannot be tested on this machine or in the state of the task. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** The result of one check of a task. */
export interface CheckResult {
  readonly status: CheckStatus;
  /** What was observed, or why it was skipped. */
  readonly reason: string;
  /** What to change, for a warning or a failure. */
  readonly fix?: string;
}

export function ok(reason: string): CheckResult {
  return { status: 'ok', reason };
}

/** Something that works here, but fails under other conditions. */
export function warning(reason: string, fix: string): CheckResult {
  return { status: 'warning', reason, fix };
}

/** Something that fails behind a load balancer. */
export function failed(reason: string, fix: string): CheckResult {
  return { status: 'failed', reason, fix };
}

export function skipped(reason: string): CheckResult {
  return { status: 'skipped', reason };
}
