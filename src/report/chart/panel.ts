import type { TimelineRow } from '../../run/outcome';
import type { Color } from './chart-frame';

/** One series of a panel. */
export interface Series {
  readonly name: string;
  readonly color: Color;
  readonly line: Line;
  /** The shape: a line, a line with the area below it, or only the area. */
  readonly shape: 'solid' | 'dashed' | 'dotted' | 'filled' | 'area';
  /**
   * Whether its line is broad and pale, so that it is visible below another with the same values.
   *
   * @default false
   */
  readonly isBroad?: boolean;
}

/** The style of a broad line. */
export function strokeStyle(isBroad = false): string | undefined {
  return isBroad ? 'stroke-width:4.5;stroke-opacity:.45' : undefined;
}

/** A constant value, drawn as a line across the panel. */
export interface ReferenceLine {
  readonly label: string;
  readonly value: number;
  /** Primary: the target of a policy, or the threshold of an alarm. Secondary: a scale-in threshold, or maxCapacity. */
  readonly kind: 'primary' | 'secondary';
  readonly color: Color;
}

/** One panel of a chart, over the common time axis. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  /** Later ones are drawn above earlier ones. */
  readonly series: readonly Series[];
  readonly referenceLines: readonly ReferenceLine[];
  /** The axis reaches at least to this value. */
  readonly minAxisMax: number;
  /** Whether the axis has whole numbers only. */
  readonly wholeNumbersOnly: boolean;
  readonly height: 'tall' | 'low';
}

/** The value that the axis of a panel must reach: the highest one in it. */
export function axisMax({ series, referenceLines, minAxisMax }: Panel): number {
  const values = series.flatMap(({ line }) => line.map((point) => point.value ?? 0));
  return [...values, ...referenceLines.map((reference) => reference.value)].reduce((high, value) => Math.max(high, value), minAxisMax);
}

/** One point of a line; without a value the line has a gap. */
export interface Point {
  readonly atSeconds: number;
  readonly value?: number;
  /** The lower edge of the area below the line, if it is not 0. */
  readonly floor?: number;
}

/** The points of a line in the order of time. */
export type Line = readonly Point[];

type RowValue = (row: TimelineRow) => number | undefined;

/** A line of means: each value is constant for the length of its row. */
export function lineOfMeans(rows: readonly TimelineRow[], value: RowValue, floor?: RowValue): Line {
  return rows.flatMap((row, index) => {
    const corner = { value: value(row), floor: floor?.(row) };
    return [
      { atSeconds: index === 0 ? 0 : rows[index - 1]!.atSeconds, ...corner },
      { atSeconds: row.atSeconds, ...corner },
    ];
  });
}

/** A line of snapshots, taken at the end of each row: each value is constant until the next one. */
export function lineOfSnapshots(rows: readonly TimelineRow[], value: RowValue): Line {
  return rows.flatMap((row, index) => [
    { atSeconds: index === 0 ? 0 : row.atSeconds, value: value(row) },
    { atSeconds: rows[index + 1]?.atSeconds ?? row.atSeconds, value: value(row) },
  ]);
}

/** The points that are kept of a strip: its first, lowest, highest and last. */
const POINTS_PER_STRIP = 4;

/**
 * Reduces a line to the points that are visible: the first, last, lowest and highest point of each strip of time. Peaks are preserved,
 * and the size does not depend on the length of the run.
 */
export function condensedLine(line: Line, strips: number): Line {
  if (line.length <= strips * POINTS_PER_STRIP) return line;
  const endSeconds = line.at(-1)!.atSeconds;
  const parts = new Map<number, Point[]>();
  for (const point of line) {
    const strip = Math.min(strips - 1, Math.floor((point.atSeconds / endSeconds) * strips));
    const part = parts.get(strip);
    if (part === undefined) parts.set(strip, [point]);
    else part.push(point);
  }
  return [...parts.values()].flatMap(visiblePoints);
}

function visiblePoints(points: readonly Point[]): Point[] {
  const chosen = new Set<Point>([points[0]!, points.at(-1)!]);
  const known = points.filter((point) => point.value !== undefined);
  if (known.length > 0) {
    chosen.add(known.reduce((low, point) => (point.value! < low.value! ? point : low)));
    chosen.add(known.reduce((high, point) => (point.value! > high.value! ? point : high)));
  }
  return points.filter((point) => chosen.has(point));
}
