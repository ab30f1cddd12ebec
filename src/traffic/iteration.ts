/** An iteration of a virtual user of a load test. It is in the script of the test, or given beside it. */
export interface Iteration {
  /** How long a user sleeps in each iteration. */
  readonly thinkSeconds: number;
  /** The requests of an iteration. */
  readonly requestsPerIteration: number;
  /** How long an iteration takes at least. */
  readonly pacingSeconds?: number;
}

/** What is known of an iteration. */
export interface KnownIteration extends Partial<Iteration> {
  /** How long a response takes about, for what ends with a number of iterations. */
  readonly responseSeconds?: number;
}

/** An iteration with what was not known: a user who does not sleep and sends one request. */
export function completeIteration({ thinkSeconds = 0, requestsPerIteration = 1, pacingSeconds }: KnownIteration): Iteration {
  return pacingSeconds === undefined ? { thinkSeconds, requestsPerIteration } : { thinkSeconds, requestsPerIteration, pacingSeconds };
}

/** What users wait for in a phase: a user who sends several requests in an iteration waits a part of the time before each of them. */
export function waitsPerRequest(iteration: KnownIteration): { readonly thinkSeconds: number; readonly pacingSeconds?: number } {
  const { thinkSeconds, requestsPerIteration, pacingSeconds = 0 } = completeIteration(iteration);
  const waits = { thinkSeconds: thinkSeconds / requestsPerIteration };
  return pacingSeconds > 0 ? { ...waits, pacingSeconds: pacingSeconds / requestsPerIteration } : waits;
}

/** How long an iteration takes about. */
export function iterationSeconds(iteration: KnownIteration): number {
  const { thinkSeconds, requestsPerIteration, pacingSeconds = 0 } = completeIteration(iteration);
  return Math.max(thinkSeconds + requestsPerIteration * (iteration.responseSeconds ?? 0), pacingSeconds);
}

/** Returns an error for each number that is out of range. */
export function iterationErrors({ thinkSeconds = 0, requestsPerIteration = 1, pacingSeconds = 0 }: KnownIteration): string[] {
  return [
    ...(thinkSeconds >= 0 && Number.isFinite(thinkSeconds) ? [] : [`think time must be at least 0 seconds, got ${thinkSeconds}`]),
    ...(requestsPerIteration > 0 && Number.isFinite(requestsPerIteration)
      ? []
      : [`requests per iteration must be above 0, got ${requestsPerIteration}`]),
    ...(pacingSeconds >= 0 && Number.isFinite(pacingSeconds) ? [] : [`pacing must be at least 0 seconds, got ${pacingSeconds}`]),
  ];
}

/** A remark for users whose think time was not given; undefined if it is known, or there are no users. */
export function unknownThinkTimeRemark(
  tool: string,
  sleep: string,
  users: number,
  { thinkSeconds, pacingSeconds }: KnownIteration,
): string | undefined {
  if (thinkSeconds !== undefined || pacingSeconds !== undefined || users === 0) return undefined;
  return (
    `the ${tool} has no ${sleep} that is known: each of up to ${Math.round(users)} users sends its next request as soon as it has a response. ` +
    `With --think 1s they send at most ${Math.round(users)} requests per second`
  );
}

/** What is known of an iteration from two sources, of which the second one counts. */
export function mergedIteration(found: KnownIteration, given: KnownIteration): KnownIteration {
  return { ...found, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
