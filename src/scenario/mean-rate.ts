import type { TimelineRow } from './outcome';

type AnsweredRow = Pick<TimelineRow, 'atSeconds' | 'requestsPerSecond'>;

/**
 * The requests that were answered in a second, on average over rows of a timeline: each counts for as long as it lasted.
 *
 * @param first the index of the first of the rows.
 * @param end the index after the last of them.
 */
export function meanRate(timeline: readonly AnsweredRow[], first = 0, end = timeline.length): number {
  const seconds = secondsBefore(timeline, end) - secondsBefore(timeline, first);
  let answers = 0;
  for (let index = first; index < end; index++) {
    answers += timeline[index]!.requestsPerSecond * (secondsBefore(timeline, index + 1) - secondsBefore(timeline, index));
  }
  return seconds > 0 ? answers / seconds : 0;
}

/** When the row of an index begins, in seconds of the scenario. */
export function secondsBefore(timeline: readonly AnsweredRow[], index: number): number {
  return index === 0 ? 0 : timeline[index - 1]!.atSeconds;
}
