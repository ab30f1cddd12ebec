import { bandOf, type SeedOutcome } from './band';

/** What an outcome is judged by, the first first. */
const MEASURES: readonly ((outcome: SeedOutcome) => number)[] = [
  ({ totals }) => totals.maxTasks,
  ({ totals }) => totals.failedRequests,
  ({ totals }) => totals.secondsOverTarget,
  ({ activities }) => activities[0]?.startSeconds ?? Number.MAX_VALUE,
  ({ totals }) => totals.taskHours,
];

/**
 * Which of the outcomes of many seeds to show where one is shown: the place of it in the list.
 *
 * Its most tasks are the median of all; of the runs with so many tasks it is one of those closest to the median of the failed
 * requests, and so on. A mean of many timelines would show half a task, and nobody has ever run half a task.
 */
export function typicalOutcome(outcomes: readonly SeedOutcome[]): number {
  let candidates = outcomes.map((_, index) => index);
  for (const measure of MEASURES) {
    const middle = bandOf(outcomes.map(measure))!.median;
    const distance = (index: number): number => Math.abs(measure(outcomes[index]!) - middle);
    const least = Math.min(...candidates.map(distance));
    candidates = candidates.filter((index) => distance(index) === least);
  }
  return candidates[0]!;
}
