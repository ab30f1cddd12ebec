/** A value that changes linearly over a phase. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
}

/** The value of a ramp after some of its seconds. */
export function valueOfRamp({ from, to }: Ramp, seconds: number, durationSeconds: number): number {
  return durationSeconds > 0 ? from + ((to - from) * seconds) / durationSeconds : to;
}

/** The part of a ramp between two of its seconds. */
export function partOfRamp(ramp: Ramp, fromSeconds: number, toSeconds: number, durationSeconds: number): Ramp {
  return { from: valueOfRamp(ramp, fromSeconds, durationSeconds), to: valueOfRamp(ramp, toSeconds, durationSeconds) };
}
