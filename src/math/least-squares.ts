/** A point for a linear fit. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /**
   * Its weight, above 0.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** A fitted line and the quality of the fit. */
export interface StraightLine {
  /** NaN if all points have the same x. */
  readonly slope: number;
  /** The value of the line at 0. */
  readonly intercept: number;
  /** R², the coefficient of determination, from 0 to 1; 0 if the points do not vary. */
  readonly rSquared: number;
}

/** Fits a line to points by least squares. */
export function straightLine(points: readonly LinePoint[]): StraightLine {
  const meanX = mean(points, ({ x }) => x);
  const meanY = mean(points, ({ y }) => y);
  const covariance = mean(points, ({ x, y }) => (x - meanX) * (y - meanY));
  const varianceX = mean(points, ({ x }) => (x - meanX) ** 2);
  const varianceY = mean(points, ({ y }) => (y - meanY) ** 2);
  const slope = covariance / varianceX;
  return {
    slope,
    intercept: meanY - slope * meanX,
    rSquared: varianceX > 0 && varianceY > 0 ? (covariance * covariance) / (varianceX * varianceY) : 0,
  };
}

/** Fits a line through the origin to points by least squares, and returns its slope. */
export function slopeThroughOrigin(points: readonly LinePoint[]): number {
  return mean(points, ({ x, y }) => x * y) / mean(points, ({ x }) => x ** 2);
}

/** A point for a linear fit over two coordinates. */
export interface PlanePoint {
  readonly x: number;
  readonly z: number;
  readonly y: number;
}

/** Fits y = a x + b z to points by least squares, and returns a and b. They are not finite if the points do not determine both. */
export function planeThroughOrigin(points: readonly PlanePoint[]): { readonly a: number; readonly b: number } {
  const sum = (product: (point: PlanePoint) => number): number => points.reduce((total, point) => total + product(point), 0);
  const [xx, xz, zz] = [sum(({ x }) => x * x), sum(({ x, z }) => x * z), sum(({ z }) => z * z)];
  const [xy, zy] = [sum(({ x, y }) => x * y), sum(({ z, y }) => z * y)];
  const determinant = xx * zz - xz * xz;
  return { a: (xy * zz - zy * xz) / determinant, b: (zy * xx - xy * xz) / determinant };
}

function mean(points: readonly LinePoint[], coordinate: (point: LinePoint) => number): number {
  let sum = 0;
  let weights = 0;
  for (const point of points) {
    const weight = point.weight ?? 1;
    sum += weight * coordinate(point);
    weights += weight;
  }
  return sum / weights;
}
