import type { Schedule } from './schedule';

/** An action that moves the bounds of a service at a time of the calendar. */
export interface ScheduledAction {
  readonly name: string;
  readonly schedule: Schedule;
  /** Minutes since 1970 before which it does not act; left out: from the beginning. */
  readonly startMinute?: number;
  /** Minutes since 1970 after which it does not act any more; left out: without an end. */
  readonly endMinute?: number;
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  /** Only an EC2 auto scaling group can be told this. */
  readonly desiredCapacity?: number;
}

/** Returns one sentence for each rule that a scheduled action breaks. */
export function scheduledActionMistakes(action: ScheduledAction): string[] {
  const { name, minCapacity, maxCapacity, desiredCapacity } = action;
  const counts = Object.entries({ minCapacity, maxCapacity, desiredCapacity }).filter(([, count]) => count !== undefined);
  const wrong = counts.filter(([, count]) => !Number.isInteger(count) || count! < 0);
  return [
    ...(counts.length > 0 ? [] : [`${name} must set minCapacity, maxCapacity or both, got neither`]),
    ...wrong.map(([what, count]) => `${name} ${what} must be a whole number of at least 0, got ${count}`),
    ...(minCapacity !== undefined && maxCapacity !== undefined && minCapacity > maxCapacity
      ? [`${name} minCapacity must be at most maxCapacity (${maxCapacity}), got ${minCapacity}`]
      : []),
  ];
}
