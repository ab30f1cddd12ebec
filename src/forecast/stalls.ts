import { maximumOf } from './gaussian-walk';

/** How a task whose CPU is counted in windows makes requests wait. */
export interface Stalls {
  /** The share of requests that meet a stopped task, or what is left from when it was stopped. */
  readonly share: number;
  /** How long those wait, on average. */
  readonly seconds: number;
  /** From 0, where a stop ends with its window, to 1, where what is left piles up over many. */
  readonly crowding: number;
}

const NO_STALLS: Stalls = { share: 0, seconds: 0, crowding: 0 };

/** A window that runs out of quota less often than this does not count. */
const SELDOM = 1e-9;

/** A load and the windows that its quota is counted in. */
export interface QuotaLoad {
  readonly cpuSecondsPerRequest: number;
  /** Cores that the requests keep busy: rate times CPU time. */
  readonly busyCores: number;
  /** Cores' worth of quota that is left for requests. */
  readonly cores: number;
  readonly windowSeconds: number;
}

/**
 * How requests stall.
 *
 * The work left at the end of a window is a random walk that cannot fall below nothing: each window brings the work of its
 * requests and takes a quota. What is left, where something is, is spread exponentially. It grew while the task was stopped
 * and shrinks while it runs: for less than a window, so that a part of the requests meet it, or from window to window.
 */
export function stallsOf({ cpuSecondsPerRequest, busyCores, cores, windowSeconds }: QuotaLoad): Stalls {
  const work = busyCores * windowSeconds;
  if (work === 0) return NO_STALLS;
  // CPU times are spread exponentially, which doubles the variance that the number of requests brings.
  const deviation = Math.sqrt(2 * work * cpuSecondsPerRequest);
  const walk = maximumOf((cores * windowSeconds - work) / deviation);
  if (walk.chance < SELDOM) return NO_STALLS;
  const leftover = (cpuSecondsPerRequest / (1 - busyCores / cores) + (deviation * walk.mean) / walk.chance) / 2;
  const perWindow = busyCores * (1 - busyCores) * windowSeconds;
  return {
    share: walk.chance * (leftover / perWindow) * -Math.expm1(-perWindow / leftover),
    seconds: leftover / busyCores,
    crowding: leftover / (leftover + perWindow),
  };
}
