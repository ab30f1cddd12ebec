import { type SojournShape, sojournShape } from './sojourn-time';

/** Utilizations at which the shape is worked out; it bends little between them. */
const UTILIZATIONS = [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95];

/**
 * The shape where a task is all but full: the product of two exponential numbers, one for the request and one for the
 * crowd it meets, of which z K1(z) with z = 2 sqrt(t) are longer than t means (J. A. Morrison, Response-time distribution
 * for a processor-sharing system, 1985; K1 is a modified Bessel function).
 */
const AT_FULL: SojournShape = { p50: 0.3951, p95: 3.997 };

/** On more cores requests meet each other as little, and following one takes long. */
const MOST_CORES = 64;

/** The shape of the time that a request stays over the utilization, in straight lines that are within a hundredth of it. */
export function spreadOfSojourn(cores: number): (utilization: number) => SojournShape {
  const knots = [...UTILIZATIONS, 1];
  const shapes = [...UTILIZATIONS.map((utilization) => sojournShape(utilization, Math.min(cores, MOST_CORES))), AT_FULL];
  return (utilization) => {
    let above = 1;
    while (above < knots.length - 1 && utilization > knots[above]!) above++;
    const share = (utilization - knots[above - 1]!) / (knots[above]! - knots[above - 1]!);
    const [low, high] = [shapes[above - 1]!, shapes[above]!];
    return { p50: low.p50 + share * (high.p50 - low.p50), p95: low.p95 + share * (high.p95 - low.p95) };
  };
}
