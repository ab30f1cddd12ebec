/** What a request costs the task that serves it. */
export interface Workload {
  /** CPU time of one request, on a whole core. */
  readonly cpuSecondsPerRequest: number;
  /** Cores that a task uses while it serves nothing. */
  readonly fixedCores: number;
  /** The part of a request's latency that no CPU can shorten: the way there and back. */
  readonly baseLatencySeconds: number;
  /** From the start of the container until it listens. */
  readonly startSeconds: number;
  /** From SIGTERM until the container has ended. */
  readonly stopSeconds: number;
  /**
   * What a CPU quota does to a request: `even-share` slows each down all the time, `quota-windows` lets them run at full speed and
   * stops the task when a window's quota is used up. Real tasks lie between; the first is the cautious one.
   */
  readonly latencyModel: 'even-share' | 'quota-windows';
}

/**
 * The workload of the search service that was load-tested on 0.25 vCPU Fargate
 * tasks with Locust: 154 to 2,976 requests per second over 1 to 3 tasks.
 *
 * CPU per request and fixed cores are a least-squares fit to the CPU that
 * CloudWatch reported at its seven operating points; the base latency is the
 * way from the client to the load balancer. Its times to start and to stop were
 * not published; a second is what a small service needs.
 */
export const MEASURED_SEARCH_WORKLOAD: Workload = {
  cpuSecondsPerRequest: 0.000_119_5,
  fixedCores: 0.0315,
  baseLatencySeconds: 0.031,
  startSeconds: 1,
  stopSeconds: 1,
  latencyModel: 'even-share',
};

/** Returns one sentence for each number of a workload that no service can have. */
export function workloadMistakes(workload: Workload, vcpu: number): string[] {
  return [
    ...(workload.cpuSecondsPerRequest > 0 ? [] : [`CPU per request must be above 0, got ${workload.cpuSecondsPerRequest * 1000} ms`]),
    ...(workload.fixedCores >= 0 && workload.fixedCores < vcpu
      ? []
      : [`fixed CPU must be from 0 to below the ${vcpu} vCPU of a task, got ${workload.fixedCores} cores`]),
    ...(workload.baseLatencySeconds >= 0 ? [] : [`base latency must be at least 0, got ${workload.baseLatencySeconds * 1000} ms`]),
    ...(workload.startSeconds >= 0 ? [] : [`start-up time must be at least 0, got ${workload.startSeconds} seconds`]),
    ...(workload.stopSeconds >= 0 ? [] : [`stopping time must be at least 0, got ${workload.stopSeconds} seconds`]),
  ];
}
