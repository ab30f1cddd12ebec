import { straightLine } from '../src/scenario/straight-line';
import type { Workload } from '../src/scenario/workload';
import type { WatchedPoint } from './rehearsal/watched-load';

/** A line that explains less than this of how memory varied is chance: a garbage collector that came or did not. */
const LEAST_EXPLAINED_SHARE = 0.8;

/** Growth that is less than this share of the rest is no more than a heap that settles. */
const LEAST_GROWTH_SHARE = 0.05;

/** What a task needs of memory, and whether what a request takes could be told from chance. */
export interface MemoryFit extends Pick<Workload, 'fixedMemoryMiB' | 'memoryMiBPerConcurrentRequest'> {
  readonly isPerRequestVisible: boolean;
}

/** Fits the memory of a task over the requests that were under way. Where these do not show in it, all of it counts as fixed, at its highest. */
export function fitMemory(points: readonly WatchedPoint[]): MemoryFit | undefined {
  const seen = points.flatMap(({ memoryMiB, ...point }) => (memoryMiB === undefined ? [] : [{ x: requestsUnderWay(point), y: memoryMiB }]));
  if (seen.length === 0) return undefined;
  const { slope, intercept, explainedShare } = straightLine(seen);
  const growth = slope * Math.max(...seen.map(({ x }) => x));
  const isPerRequestVisible =
    seen.length > 2 && intercept > 0 && explainedShare >= LEAST_EXPLAINED_SHARE && growth >= LEAST_GROWTH_SHARE * intercept;
  return isPerRequestVisible
    ? { fixedMemoryMiB: intercept, memoryMiBPerConcurrentRequest: slope, isPerRequestVisible }
    : { fixedMemoryMiB: Math.max(...seen.map(({ y }) => y)), memoryMiBPerConcurrentRequest: 0, isPerRequestVisible };
}

/** Little's law: the requests under way are those of a second, times the seconds that each takes. */
function requestsUnderWay({ requestsPerSecond, latencySeconds }: Pick<WatchedPoint, 'requestsPerSecond' | 'latencySeconds'>): number {
  return requestsPerSecond * latencySeconds;
}
