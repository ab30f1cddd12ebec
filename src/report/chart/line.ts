import type { TimelineRow } from '../../scenario/outcome';

/** One corner of a line in a panel; without a value the line is interrupted. */
export interface Point {
  readonly atSeconds: number;
  readonly value?: number;
  /** What the area below the line reaches down to, where that is not 0. */
  readonly floor?: number;
}

/** A line of points in the order of time. */
export type Line = readonly Point[];

type Value = (row: TimelineRow) => number | undefined;

/** What is true of a row as a whole, its mean or its sum, is drawn as wide as the row is long. */
export function lineOfRows(rows: readonly TimelineRow[], value: Value, floor?: Value): Line {
  return rows.flatMap((row, index) => {
    const corner = { value: value(row), floor: floor?.(row) };
    return [
      { atSeconds: index === 0 ? 0 : rows[index - 1]!.atSeconds, ...corner },
      { atSeconds: row.atSeconds, ...corner },
    ];
  });
}

/** What was read at the end of each row holds until it is read again: nothing is shown before it was seen. */
export function lineOfReadings(rows: readonly TimelineRow[], value: Value): Line {
  return rows.flatMap((row, index) => [
    { atSeconds: index === 0 ? 0 : row.atSeconds, value: value(row) },
    { atSeconds: rows[index + 1]?.atSeconds ?? row.atSeconds, value: value(row) },
  ]);
}
