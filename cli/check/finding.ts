/** What a check came to; `not tried` where it cannot be known here. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'not tried';

/** What one check found out about a task. */
export interface Finding {
  readonly verdict: Verdict;
  /** What was seen, or why it could not be. */
  readonly reason: string;
  /** What to do about it, where something should be done. */
  readonly fix?: string;
}

export function ok(reason: string): Finding {
  return { verdict: 'ok', reason };
}

/** Something that works until something else happens as well. */
export function warning(reason: string, fix: string): Finding {
  return { verdict: 'warning', reason, fix };
}

/** Something that fails behind a load balancer. */
export function failed(reason: string, fix: string): Finding {
  return { verdict: 'failed', reason, fix };
}

export function notTried(reason: string): Finding {
  return { verdict: 'not tried', reason };
}
