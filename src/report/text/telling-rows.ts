import type { TimelineRow } from '../../scenario/outcome';

/** Some rows of a timeline, and how many there are of each that is shown at a steady pace. */
export interface TellingRows {
  readonly rows: readonly TimelineRow[];
  readonly every: number;
}

/**
 * The rows of a long timeline that are worth reading: one in so many, and each in which the tasks changed or requests failed,
 * while there are not too many of those.
 *
 * @param most about how many rows to choose.
 */
export function tellingRows(rows: readonly TimelineRow[], most: number): TellingRows {
  const every = Math.max(1, Math.ceil(rows.length / most));
  const isEvent = (row: TimelineRow, index: number): boolean => row.failedRequests > 0 || hasChanged(row, rows[index - 1]);
  const eventCount = rows.filter(isEvent).length;
  const chosen = rows.filter(
    (row, index) => (index + 1) % every === 0 || index === rows.length - 1 || (eventCount <= most && isEvent(row, index)),
  );
  return { rows: chosen, every };
}

function hasChanged(row: TimelineRow, before: TimelineRow | undefined): boolean {
  if (before === undefined) return false;
  return row.desiredCount !== before.desiredCount || row.runningCount !== before.runningCount || row.healthyCount !== before.healthyCount;
}
