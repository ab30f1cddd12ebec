/** A stretch from left to right that a label needs. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds a lane for each stretch so that no two overlap, the first ones first.
 *
 * @returns the lane of each stretch, counted from 0; undefined where all lanes are taken.
 */
export function lanesFor(stretches: readonly Stretch[], laneCount: number): (number | undefined)[] {
  const lanes = Array.from({ length: laneCount }, (): Stretch[] => []);
  return stretches.map((stretch) => {
    const free = lanes.findIndex((taken) => taken.every((other) => stretch.end <= other.start || stretch.start >= other.end));
    if (free === -1) return undefined;
    lanes[free]!.push(stretch);
    return free;
  });
}
