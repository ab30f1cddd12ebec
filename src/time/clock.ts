/**
 * The clock of a scenario: simulated in a forecast, sped up from the wall clock in a rehearsal. Its seconds are seconds of the scenario.
 *
 * Code that uses this interface runs unchanged in both.
 */
export interface Clock {
  /** Seconds of the scenario that have passed. */
  readonly nowSeconds: number;

  /**
   * Runs a function once, after a number of seconds of the scenario.
   *
   * @returns a function that cancels it.
   */
  after(delaySeconds: number, run: () => void): Cancel;
}

/** Cancels what was started. A second call has no effect. */
export type Cancel = () => void;

/**
 * Runs a function periodically, first at the given second of the scenario. A late run does not delay the following ones.
 */
export function every(clock: Clock, period: { readonly firstAtSeconds: number; readonly periodSeconds: number }, run: () => void): Cancel {
  let runCount = 0;
  let cancelNext: Cancel = () => {};
  let isStopped = false;
  const scheduleNext = (): void => {
    const dueSeconds = period.firstAtSeconds + runCount * period.periodSeconds;
    cancelNext = clock.after(dueSeconds - clock.nowSeconds, () => {
      runCount += 1;
      run();
      if (!isStopped) scheduleNext();
    });
  };
  scheduleNext();
  return () => {
    isStopped = true;
    cancelNext();
  };
}

/** Long periods, each divided into a whole number of short ones. */
export interface NestedPeriods {
  /** The end of the first long period. */
  readonly firstAtSeconds: number;
  /** The length of a long period. */
  readonly longSeconds: number;
  /** The length of a short period. */
  readonly shortSeconds: number;
}

/** Runs a function at the end of each short period, and passes whether a long one ends too. The returned function stops this. */
export function everyPeriod(
  clock: Clock,
  { firstAtSeconds, longSeconds, shortSeconds }: NestedPeriods,
  run: (endsLongPeriod: boolean) => void,
): Cancel {
  const shortPerLong = Math.max(1, Math.round(longSeconds / shortSeconds));
  const shortBeforeFirst = Math.max(0, Math.ceil(firstAtSeconds / shortSeconds) - 1) % shortPerLong;
  let shortCount = 0;
  return every(clock, { firstAtSeconds: firstAtSeconds - shortBeforeFirst * shortSeconds, periodSeconds: shortSeconds }, () => {
    run(shortCount % shortPerLong === shortBeforeFirst);
    shortCount += 1;
  });
}
