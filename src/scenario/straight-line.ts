/** A point that a line is laid through. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /**
   * How much it counts beside the others, above 0.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** A line, and how well it meets the points. */
export interface StraightLine {
  /** Not a number where all points have the same x. */
  readonly slope: number;
  /** What the line says at 0. */
  readonly intercept: number;
  /** The share of the points' variance that the line explains, from 0 to 1; 0 where they do not vary. */
  readonly explainedShare: number;
}

/** The line that comes closest to the points, by least squares. */
export function straightLine(points: readonly LinePoint[]): StraightLine {
  const meanX = mean(points, ({ x }) => x);
  const meanY = mean(points, ({ y }) => y);
  const together = mean(points, ({ x, y }) => (x - meanX) * (y - meanY));
  const spreadX = mean(points, ({ x }) => (x - meanX) ** 2);
  const spreadY = mean(points, ({ y }) => (y - meanY) ** 2);
  const slope = together / spreadX;
  return {
    slope,
    intercept: meanY - slope * meanX,
    explainedShare: spreadX > 0 && spreadY > 0 ? (together * together) / (spreadX * spreadY) : 0,
  };
}

/** The slope of the line through nothing at 0 that comes closest to the points. */
export function slopeThroughOrigin(points: readonly LinePoint[]): number {
  return mean(points, ({ x, y }) => x * y) / mean(points, ({ x }) => x ** 2);
}

function mean(points: readonly LinePoint[], figure: (point: LinePoint) => number): number {
  let sum = 0;
  let weights = 0;
  for (const point of points) {
    const weight = point.weight ?? 1;
    sum += weight * figure(point);
    weights += weight;
  }
  return sum / weights;
}
