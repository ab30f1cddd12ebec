/** A smaller difference to a whole number is a rounding error of binary fractions. */
const ROUNDING_ERROR = 1e-9;

/** A percentage of a number of tasks, rounded up to whole tasks. */
export function percentOfTasksRoundedUp(tasks: number, percent: number): number {
  return Math.ceil((tasks * percent) / 100 - ROUNDING_ERROR);
}

/** A percentage of a number of tasks, rounded down to whole tasks. */
export function percentOfTasksRoundedDown(tasks: number, percent: number): number {
  return Math.floor((tasks * percent) / 100 + ROUNDING_ERROR);
}
