import type { Line, Point } from './line';

/** Corners that one pixel's worth of a line may have: its first, its lowest, its highest and its last. */
const CORNERS_PER_STRIP = 4;

/**
 * The line with no more corners than can be seen: in each of so many strips of time its first and last point, its lowest and its
 * highest. No peak is lost, and thirty days take no more room than an hour.
 */
export function condensed(line: Line, strips: number): Line {
  if (line.length <= strips * CORNERS_PER_STRIP) return line;
  const endSeconds = line.at(-1)!.atSeconds;
  const parts = new Map<number, Point[]>();
  for (const point of line) {
    const strip = Math.min(strips - 1, Math.floor((point.atSeconds / endSeconds) * strips));
    const part = parts.get(strip);
    if (part === undefined) parts.set(strip, [point]);
    else part.push(point);
  }
  return [...parts.values()].flatMap(corners);
}

function corners(points: readonly Point[]): Point[] {
  const chosen = new Set<Point>([points[0]!, points.at(-1)!]);
  const known = points.filter((point) => point.value !== undefined);
  if (known.length > 0) {
    chosen.add(known.reduce((low, point) => (point.value! < low.value! ? point : low)));
    chosen.add(known.reduce((high, point) => (point.value! > high.value! ? point : high)));
  }
  return points.filter((point) => chosen.has(point));
}
