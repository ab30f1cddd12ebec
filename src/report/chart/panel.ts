import type { Line } from './line';
import type { Colour } from './palette';

/** One thing that a panel shows over time. */
export interface Series {
  readonly name: string;
  readonly colour: Colour;
  readonly line: Line;
  /** How it is drawn: a line, the same with the area below it, or the area alone. */
  readonly shape: 'solid' | 'dashed' | 'dotted' | 'filled' | 'area';
  /**
   * Whether its line is broad and pale, so that it is seen below another that says the same.
   *
   * @default - it is not
   */
  readonly isBroad?: boolean;
}

/** The style of a line that is not as the others are. */
export function strokeStyle(isBroad = false): string | undefined {
  return isBroad ? 'stroke-width:4.5;stroke-opacity:.45' : undefined;
}

/** A value that does not change, drawn across the panel. */
export interface Reference {
  readonly label: string;
  readonly value: number;
  readonly kind: 'target' | 'threshold';
  readonly colour: Colour;
}

/** What is drawn over the common time axis in one box. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  /** Later ones lie above earlier ones. */
  readonly series: readonly Series[];
  readonly references: readonly Reference[];
  /** The axis reaches at least this high. */
  readonly leastTop: number;
  /** Whether only whole numbers make sense. */
  readonly isWhole: boolean;
  readonly height: 'tall' | 'low';
}

/** The highest value that a panel must have room for. */
export function highestValue({ series, references, leastTop }: Panel): number {
  const values = series.flatMap(({ line }) => line.map((point) => point.value ?? 0));
  return [...values, ...references.map((reference) => reference.value)].reduce((high, value) => Math.max(high, value), leastTop);
}
