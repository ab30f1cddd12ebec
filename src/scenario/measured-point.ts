/** One load under which a service was watched, as a load test and CloudWatch report it. Minutes that were not full spoil it. */
export interface MeasuredPoint {
  /** Requests per second of the whole service. */
  readonly requestsPerSecond: number;
  /** The tasks that shared them. */
  readonly tasks: number;
  /** The average CPU of the tasks, of what they may use. */
  readonly cpuPercent: number;
  /** Latencies as the client saw them. */
  readonly meanMillis?: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  /**
   * How much the point counts beside the others: less than 1 where something else ran at the same time.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** The latencies that a point may have. */
export const LATENCY_FIGURES = ['mean', 'p50', 'p95'] as const;

/** One of them. */
export type LatencyFigure = (typeof LATENCY_FIGURES)[number];

/** A latency that was measured, in seconds. */
export function measuredSeconds(point: MeasuredPoint, figure: LatencyFigure): number | undefined {
  const millis = { mean: point.meanMillis, p50: point.p50Millis, p95: point.p95Millis }[figure];
  return millis === undefined ? undefined : millis / 1000;
}

/** Returns one sentence for each number of the points that cannot have been measured. */
export function pointMistakes(points: readonly MeasuredPoint[]): string[] {
  const few = points.length >= 2 ? [] : [`a workload must be fitted to at least 2 points, got ${points.length}`];
  return [...few, ...points.flatMap((point, index) => mistakesOf(point).map((mistake) => `point ${index + 1}: ${mistake}`))];
}

function mistakesOf(point: MeasuredPoint): string[] {
  const latencies = LATENCY_FIGURES.flatMap((figure) => {
    const seconds = measuredSeconds(point, figure);
    return seconds === undefined || isAbove(seconds, 0) ? [] : [`${figure} latency must be above 0, got ${seconds * 1000} ms`];
  });
  return [
    ...(point.requestsPerSecond >= 0 && Number.isFinite(point.requestsPerSecond)
      ? []
      : [`requests per second must be at least 0, got ${point.requestsPerSecond}`]),
    ...(Number.isInteger(point.tasks) && point.tasks >= 1 ? [] : [`tasks must be a whole number of at least 1, got ${point.tasks}`]),
    ...(point.cpuPercent >= 0 && point.cpuPercent <= 100 ? [] : [`CPU must be from 0 to 100 %, got ${point.cpuPercent}`]),
    ...(point.weight === undefined || isAbove(point.weight, 0) ? [] : [`weight must be above 0, got ${point.weight}`]),
    ...latencies,
  ];
}

function isAbove(value: number, least: number): boolean {
  return value > least && Number.isFinite(value);
}
