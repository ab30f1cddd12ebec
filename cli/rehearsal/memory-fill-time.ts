import { LOSS } from '../../src/ecs/loss';
import { mean } from '../../src/scenario/mean';
import type { Outcome, OutcomeEvent } from '../../src/scenario/outcome';

/**
 * How long it took to fill the memory of a task, in seconds of the scenario; undefined where nothing filled any. Infinite where it took
 * longer than the rehearsal.
 */
export function memoryFillSeconds({ events }: Pick<Outcome, 'events'>): number | undefined {
  const begun = events.filter(({ fault, tasks = [] }) => fault === 'fill-memory' && tasks.length > 0);
  if (begun.length === 0) return undefined;
  const took = begun.flatMap((fault) => fault.tasks!.flatMap((task) => endOf(events, task)).map((seconds) => seconds - fault.atSeconds));
  return took.length === 0 ? Number.POSITIVE_INFINITY : mean(took);
}

function endOf(events: readonly OutcomeEvent[], task: number): number[] {
  const end = events.find(({ tasks, description }) => tasks?.includes(task) === true && description.endsWith(LOSS.outOfMemory));
  return end === undefined ? [] : [end.atSeconds];
}
