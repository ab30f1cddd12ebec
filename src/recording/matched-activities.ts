import { type Activity, isScaleOut } from '../scaling/activity';

/** Activities that are farther apart do not belong together. A load that grows over hours crosses a target at a time that a small difference shifts by many minutes. */
const MAX_SECONDS_APART = 3600;

/** The cost of a pair that sets different counts, as a share of that of an activity without a counterpart. */
const OTHER_COUNT_COST = 0.4;

/** Cheaper than two activities without a counterpart, which is 2. */
const UNMATCHED_COST = 1;

/**
 * The pairs of activities that belong together, in their order: those in the same direction with the least time between them, rather with the same counts
 * (a sequence alignment; S. Needleman and C. Wunsch, 1970).
 */
export function matchActivities(observed: readonly Activity[], others: readonly Activity[]): (readonly [Activity, Activity])[] {
  const costs = alignmentCosts(observed, others);
  const pairs: (readonly [Activity, Activity])[] = [];
  for (let [row, column] = [observed.length, others.length]; row > 0 && column > 0; ) {
    const pairCost = costOfPair(observed[row - 1]!, others[column - 1]!);
    if (costs[row]![column]! === costs[row - 1]![column - 1]! + pairCost) pairs.push([observed[--row]!, others[--column]!]);
    else if (costs[row]![column]! === costs[row - 1]![column]! + UNMATCHED_COST) row -= 1;
    else column -= 1;
  }
  return pairs.reverse();
}

/** How far two sequences of activities are apart: 1 for each without a counterpart, and less for each pair, by its time and its counts. */
export function activityDistance(observed: readonly Activity[], others: readonly Activity[]): number {
  return alignmentCosts(observed, others).at(-1)!.at(-1)!;
}

/** The least cost to align the first activities of both, by their numbers. */
function alignmentCosts(observed: readonly Activity[], others: readonly Activity[]): readonly Float64Array[] {
  const costs = Array.from({ length: observed.length + 1 }, () => new Float64Array(others.length + 1));
  for (let row = 0; row <= observed.length; row++) {
    for (let column = 0; column <= others.length; column++) {
      if (row === 0 || column === 0) costs[row]![column] = (row + column) * UNMATCHED_COST;
      else
        costs[row]![column] = Math.min(
          costs[row - 1]![column - 1]! + costOfPair(observed[row - 1]!, others[column - 1]!),
          costs[row - 1]![column]! + UNMATCHED_COST,
          costs[row]![column - 1]! + UNMATCHED_COST,
        );
    }
  }
  return costs;
}

function costOfPair(one: Activity, other: Activity): number {
  const seconds = Math.abs(one.startSeconds - other.startSeconds);
  if (isScaleOut(one) !== isScaleOut(other) || seconds > MAX_SECONDS_APART) return Number.POSITIVE_INFINITY;
  const hasSameCounts = one.fromCapacity === other.fromCapacity && one.toCapacity === other.toCapacity;
  return seconds / MAX_SECONDS_APART + (hasSameCounts ? 0 : OTHER_COUNT_COST);
}
