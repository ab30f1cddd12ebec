import type { SpedUpClock } from '../src/time/sped-up-clock';

/** A period in which this process was suspended, such as by SIGSTOP or Ctrl-Z, while its clock and its tasks continued. */
export interface ProcessSuspension {
  /** When it began, in seconds of the scenario. */
  readonly atSeconds: number;
  /** How long it lasted, in seconds of the wall clock. */
  readonly wallSeconds: number;
}

/** The interval of the checks, in seconds of the wall clock. */
const CHECK_INTERVAL_SECONDS = 0.25;

/** A check that is later by this or more is not explained by a busy machine: the process or its machine was suspended. */
export const MIN_SUSPENSION_SECONDS = 1;

/**
 * Detects suspensions of this process.
 *
 * @returns a live array; entries are added until the clock is stopped.
 */
export function detectProcessSuspensions(clock: SpedUpClock): readonly ProcessSuspension[] {
  const suspensions: ProcessSuspension[] = [];
  const scheduleCheck = (atSeconds: number): void => {
    clock.after(CHECK_INTERVAL_SECONDS * clock.speed, () => {
      const wallSeconds = (clock.nowSeconds - atSeconds) / clock.speed - CHECK_INTERVAL_SECONDS;
      if (wallSeconds >= MIN_SUSPENSION_SECONDS) suspensions.push({ atSeconds, wallSeconds });
      scheduleCheck(clock.nowSeconds);
    });
  };
  scheduleCheck(clock.nowSeconds);
  return suspensions;
}
