/** What a virtual user of a load test does again and again. It stands in a script, so its numbers must be said. */
export interface Iteration {
  /** How long a user sleeps in each iteration. */
  readonly thinkSeconds: number;
  /** How many requests an iteration makes. */
  readonly requestsPerIteration: number;
}

/** Returns the sentences for numbers that no iteration has. */
export function iterationMistakes({ thinkSeconds, requestsPerIteration }: Iteration): string[] {
  return [
    ...(thinkSeconds >= 0 && Number.isFinite(thinkSeconds) ? [] : [`think time must be at least 0 seconds, got ${thinkSeconds}`]),
    ...(requestsPerIteration > 0 && Number.isFinite(requestsPerIteration)
      ? []
      : [`requests per iteration must be above 0, got ${requestsPerIteration}`]),
  ];
}
