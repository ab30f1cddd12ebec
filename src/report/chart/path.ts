import type { Line, Point } from './line';
import { type LinearScale, place } from './linear-scale';

/** Where time and value lie on the drawing. */
export interface Axes {
  readonly time: LinearScale;
  readonly value: LinearScale;
}

/** The `d` of a path along a line, interrupted where the line is; a level stretch is one stroke. */
export function linePath(line: Line, axes: Axes): string {
  return stretches(line)
    .map((points) => `M${straightened(points.map((point) => corner(point.atSeconds, point.value, axes))).join('L')}`)
    .join('');
}

/** The `d` of the area between a line and its floor, which is the bottom of the panel where it has none. */
export function areaPath(line: Line, axes: Axes): string {
  return stretches(line)
    .map((points) => {
      const there = straightened(points.map((point) => corner(point.atSeconds, point.value, axes)));
      const back = straightened(points.map((point) => corner(point.atSeconds, point.floor ?? 0, axes))).reverse();
      return `M${[...there, ...back].join('L')}Z`;
    })
    .join('');
}

type KnownPoint = Point & { readonly value: number };

/** The parts of a line between its interruptions. */
function stretches(line: Line): KnownPoint[][] {
  const found: KnownPoint[][] = [];
  let isBroken = true;
  for (const point of line) {
    if (isKnown(point)) {
      if (isBroken) found.push([]);
      found.at(-1)!.push(point);
    }
    isBroken = !isKnown(point);
  }
  return found;
}

function isKnown(point: Point): point is KnownPoint {
  return point.value !== undefined;
}

function corner(atSeconds: number, value: number, axes: Axes): string {
  return `${place(axes.time.at(atSeconds))},${place(axes.value.at(value))}`;
}

/** Leaves out corners that repeat, and those in the middle of a level stretch. */
function straightened(corners: readonly string[]): string[] {
  const different = corners.filter((text, index) => text !== corners[index - 1]);
  const heights = different.map((text) => text.slice(text.indexOf(',')));
  return different.filter((_, index) => heights[index] !== heights[index - 1] || heights[index] !== heights[index + 1]);
}
