/** The models of how a CPU quota slows a request. */
export const LATENCY_MODELS = ['even-share', 'quota-windows'] as const;

/** What a request costs the task that serves it. */
export interface Workload {
  /** CPU time of one request on one vCPU, of a task that is busy. */
  readonly cpuSecondsPerRequest: number;
  /** CPU time that it takes on top to wake a waiting program up for a request. A busy program finds the next request there. */
  readonly cpuSecondsPerWakeUp: number;
  /** vCPU that a task uses without requests. */
  readonly idleVcpu: number;
  /** The part of a request's latency that does not depend on CPU, such as the network round trip. */
  readonly baseLatencySeconds: number;
  /** From the start of the container until it listens. */
  readonly startUpSeconds: number;
  /** From SIGTERM until the container exits. */
  readonly stopSeconds: number;
  /** Memory that a task uses without requests. */
  readonly idleMemoryMiB: number;
  /** Memory of each request while its task works on it. */
  readonly memoryMiBPerConcurrentRequest: number;
  /** The size of a response as it leaves the load balancer, which bills for it. */
  readonly responseBytes: number;
  /** Connections that clients open for each request: 1 without keep-alive. */
  readonly newConnectionsPerRequest: number;
  /**
   * How a CPU quota slows a request: `even-share` slows down every request all the time; `quota-windows` runs requests at full speed
   * and stops the task when the quota of a window of 100 ms is used up. Real tasks are between the two; `even-share` gives the longer latencies.
   */
  readonly latencyModel: (typeof LATENCY_MODELS)[number];
}

/**
 * The workload of the bundled reference search service, load-tested with Locust on Fargate tasks of 0.25 vCPU: 154 to 2,976 requests
 * per second over 1 to 3 tasks.
 *
 * CPU per request and idle vCPU are a least-squares fit to the CPU that CloudWatch reported at seven operating points. The base latency
 * is the network round trip from the client to the load balancer. Memory stayed at 8 to 10 % of 512 MiB at every load. No request failed
 * when a task was stopped by hand: it keeps responding for the 5 seconds that the load balancer may take to stop sending requests.
 * Not published, and assumed: 1 second to start, as a small service needs, 1 KB for a response, and 100 requests on a connection.
 */
export const MEASURED_SEARCH_WORKLOAD: Workload = {
  cpuSecondsPerRequest: 0.000_119_5,
  cpuSecondsPerWakeUp: 0,
  idleVcpu: 0.0315,
  baseLatencySeconds: 0.031,
  startUpSeconds: 1,
  stopSeconds: 5,
  idleMemoryMiB: 46,
  memoryMiBPerConcurrentRequest: 0,
  responseBytes: 1000,
  newConnectionsPerRequest: 0.01,
  latencyModel: 'even-share',
};

/** Returns an error for each number of a workload that is out of range. */
export function workloadErrors(workload: Workload, vcpu: number): string[] {
  const { cpuSecondsPerRequest, idleVcpu } = workload;
  return [
    ...(isWithin(cpuSecondsPerRequest, Number.MIN_VALUE) ? [] : [`CPU per request must be above 0, got ${cpuSecondsPerRequest * 1000} ms`]),
    ...atLeastZero('CPU per wake-up', workload.cpuSecondsPerWakeUp * 1000, 'ms'),
    ...(idleVcpu >= 0 && idleVcpu < vcpu ? [] : [`idle vCPU must be from 0 to below the ${vcpu} vCPU of a task, got ${idleVcpu}`]),
    ...atLeastZero('base latency', workload.baseLatencySeconds * 1000, 'ms'),
    ...atLeastZero('start-up time', workload.startUpSeconds, 'seconds'),
    ...atLeastZero('stop time', workload.stopSeconds, 'seconds'),
    ...atLeastZero('idle memory', workload.idleMemoryMiB, 'MiB'),
    ...atLeastZero('memory per concurrent request', workload.memoryMiBPerConcurrentRequest, 'MiB'),
    ...atLeastZero('response size', workload.responseBytes, 'bytes'),
    ...atLeastZero('new connections per request', workload.newConnectionsPerRequest, 'connections'),
  ];
}

function atLeastZero(name: string, value: number, unit: string): string[] {
  return isWithin(value, 0) ? [] : [`${name} must be at least 0, got ${value} ${unit}`];
}

/** NaN and infinity are out of range too. */
function isWithin(value: number, min: number): boolean {
  return value >= min && Number.isFinite(value);
}
