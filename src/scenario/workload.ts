/** The ways to see what a CPU quota does to a request. */
export const LATENCY_MODELS = ['even-share', 'quota-windows'] as const;

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
  /** Memory that a task uses while it serves nothing. */
  readonly fixedMemoryMiB: number;
  /** Memory that each request takes for as long as its task works on it. */
  readonly memoryMiBPerConcurrentRequest: number;
  /** The size of an answer as it leaves the load balancer, which bills for it. */
  readonly responseBytes: number;
  /** Connections that clients open for each request: 1 where none is kept alive. */
  readonly newConnectionsPerRequest: number;
  /**
   * What a CPU quota does to a request: `even-share` slows each down all the time, `quota-windows` lets them run at full speed and
   * stops the task when a window's quota is used up. Real tasks lie between; the first is the cautious one.
   */
  readonly latencyModel: (typeof LATENCY_MODELS)[number];
}

/**
 * The workload of the search service that was load-tested on 0.25 vCPU Fargate
 * tasks with Locust: 154 to 2,976 requests per second over 1 to 3 tasks.
 *
 * CPU per request and fixed cores are a least-squares fit to the CPU that
 * CloudWatch reported at its seven operating points; the base latency is the
 * way from the client to the load balancer. Its memory stayed at 8 to 10 % of
 * 512 MiB, whatever the load. No request failed when a task was stopped by hand:
 * it answers on for the 5 seconds that the load balancer may take to let go of
 * it. Not published, and assumed: a second to start, as a small service needs,
 * 1 KB for an answer, and a connection that is kept for a hundred requests.
 */
export const MEASURED_SEARCH_WORKLOAD: Workload = {
  cpuSecondsPerRequest: 0.000_119_5,
  fixedCores: 0.0315,
  baseLatencySeconds: 0.031,
  startSeconds: 1,
  stopSeconds: 5,
  fixedMemoryMiB: 46,
  memoryMiBPerConcurrentRequest: 0,
  responseBytes: 1000,
  newConnectionsPerRequest: 0.01,
  latencyModel: 'even-share',
};

/** Returns one sentence for each number of a workload that no service can have. */
export function workloadMistakes(workload: Workload, vcpu: number): string[] {
  const { cpuSecondsPerRequest, fixedCores } = workload;
  return [
    ...(isWithin(cpuSecondsPerRequest, Number.MIN_VALUE) ? [] : [`CPU per request must be above 0, got ${cpuSecondsPerRequest * 1000} ms`]),
    ...(fixedCores >= 0 && fixedCores < vcpu
      ? []
      : [`fixed CPU must be from 0 to below the ${vcpu} vCPU of a task, got ${fixedCores} cores`]),
    ...atLeastZero('base latency', workload.baseLatencySeconds * 1000, 'ms'),
    ...atLeastZero('start-up time', workload.startSeconds, 'seconds'),
    ...atLeastZero('stopping time', workload.stopSeconds, 'seconds'),
    ...atLeastZero('fixed memory', workload.fixedMemoryMiB, 'MiB'),
    ...atLeastZero('memory per concurrent request', workload.memoryMiBPerConcurrentRequest, 'MiB'),
    ...atLeastZero('the size of an answer', workload.responseBytes, 'bytes'),
    ...atLeastZero('new connections per request', workload.newConnectionsPerRequest, 'connections'),
  ];
}

function atLeastZero(name: string, value: number, unit: string): string[] {
  return isWithin(value, 0) ? [] : [`${name} must be at least 0, got ${value} ${unit}`];
}

/** Neither NaN nor infinite is a number that a service can have. */
function isWithin(value: number, least: number): boolean {
  return value >= least && Number.isFinite(value);
}
