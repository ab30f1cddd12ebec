import type { WallTime } from '../../src/time/wall-time';

/** A stretch in which this process did nothing, while its clock and its tasks went on. */
export interface Standstill {
  /** When it began, in seconds of the scenario. */
  readonly atSeconds: number;
  /** How long it lasted, in seconds of the wall clock. */
  readonly wallSeconds: number;
}

/** How often a watch looks, in seconds of the wall clock. */
const LOOK_SECONDS = 0.25;

/** A look that comes later by more than this is no matter of a busy machine: the process was stopped, or its machine was. */
export const STANDSTILL_SECONDS = 1;

/**
 * Notes whenever this process stands still: someone has stopped it, or nothing of it got a turn.
 *
 * @returns those so far; grows until the time is stopped.
 */
export function watchStandstills(time: WallTime): readonly Standstill[] {
  const standstills: Standstill[] = [];
  const waitFrom = (atSeconds: number): void => {
    time.after(LOOK_SECONDS * time.speed, () => {
      const wallSeconds = (time.nowSeconds - atSeconds) / time.speed - LOOK_SECONDS;
      if (wallSeconds >= STANDSTILL_SECONDS) standstills.push({ atSeconds, wallSeconds });
      waitFrom(time.nowSeconds);
    });
  };
  waitFrom(time.nowSeconds);
  return standstills;
}
