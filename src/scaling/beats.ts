import { every } from '../time/every';
import type { Cancel, Time } from '../time/time';

/** A beat of short periods of which every so-many-th also ends a long one. */
export interface Beats {
  /** When the first long period ends. */
  readonly firstAtSeconds: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
}

/** Runs a step at the end of each short period and says whether a long one ends with it. The returned function ends it. */
export function startBeats(time: Time, { firstAtSeconds, longSeconds, shortSeconds }: Beats, run: (endsLong: boolean) => void): Cancel {
  const perLong = Math.max(1, Math.round(longSeconds / shortSeconds));
  const before = Math.max(0, Math.ceil(firstAtSeconds / shortSeconds) - 1) % perLong;
  let beat = 0;
  return every(time, { firstAtSeconds: firstAtSeconds - before * shortSeconds, periodSeconds: shortSeconds }, () => {
    run(beat % perLong === before);
    beat += 1;
  });
}
