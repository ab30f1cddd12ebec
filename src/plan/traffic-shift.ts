/** A share of the traffic that the new tasks get for a while. */
export interface ShiftStep {
  /** Above 0, below 1. */
  readonly share: number;
  readonly holdSeconds: number;
}

/**
 * How a deployment that has both revisions stand side by side moves the traffic to the new one: in steps, and then all of it. The old
 * tasks stay for as long as both bake.
 */
export interface TrafficShift {
  readonly steps: readonly ShiftStep[];
  readonly bakeSeconds: number;
}

/** A part of the traffic first, then all of it. */
export function canarySteps(percent: number, holdSeconds: number): ShiftStep[] {
  return percent > 0 && percent < 100 ? [{ share: percent / 100, holdSeconds }] : [];
}

/** Equal steps until all of it is moved. */
export function linearSteps(percent: number, holdSeconds: number): ShiftStep[] {
  const count = Math.ceil(100 / percent) - 1;
  return Array.from({ length: count }, (_, index) => ({ share: ((index + 1) * percent) / 100, holdSeconds }));
}

/** Returns one sentence for each number of a shift that ECS does not take. */
export function trafficShiftMistakes({ steps, bakeSeconds }: TrafficShift): string[] {
  const shares = steps.filter(({ share }) => !(share > 0 && share < 1));
  const seconds = [bakeSeconds, ...steps.map(({ holdSeconds }) => holdSeconds)].filter((value) => !(value >= 0 && Number.isFinite(value)));
  return [
    ...shares.map(({ share }) => `a traffic shift must move above 0 and below 100 percent in a step, got ${100 * share}`),
    ...seconds.map((value) => `a traffic shift must hold for at least 0 seconds, got ${value}`),
  ];
}
