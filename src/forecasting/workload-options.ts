import type { Duration, Size } from 'aws-cdk-lib';
import type { LatencyModel } from './latency-model';

/**
 * What was measured of a service: what a request costs the task that serves it.
 */
export interface WorkloadOptions {
  /**
   * The CPU time of one request on a whole core, such as `Duration.millis(0.12)`; above 0.
   *
   * Take it from the CPU that a task used and the requests that it served meanwhile, or let `Workload.fit` take it from several.
   */
  readonly cpuPerRequest: Duration;

  /**
   * The CPU that a task uses while it serves nothing, in vCPU: from 0 to below what the task has.
   *
   * @default 0
   */
  readonly idleVcpu?: number;

  /**
   * The part of a request's latency that no CPU can shorten: the way there and back, and what the task waits for.
   *
   * @default Duration.millis(0)
   */
  readonly baseLatency?: Duration;

  /**
   * From the start of the container until it listens.
   *
   * @default Duration.seconds(1)
   */
  readonly startUpTime?: Duration;

  /**
   * From SIGTERM until the container has ended. Until then it is taken to answer: one that ends sooner than the load balancer
   * lets go of it, which takes up to 5 seconds when a task is stopped or lost, fails what it is sent meanwhile.
   *
   * @default Duration.seconds(5)
   */
  readonly stopTime?: Duration;

  /**
   * The memory that a task uses while it serves nothing.
   *
   * @default Size.mebibytes(46)
   */
  readonly idleMemory?: Size;

  /**
   * The memory that each request takes for as long as its task works on it.
   *
   * @default Size.mebibytes(0)
   */
  readonly memoryPerConcurrentRequest?: Size;

  /**
   * The size of an answer as it leaves the load balancer, which bills for it.
   *
   * @default Size.bytes(1000)
   */
  readonly responseSize?: Size;

  /**
   * Connections that clients open for each request: 1 where none is kept alive.
   *
   * @default 0.01
   */
  readonly newConnectionsPerRequest?: number;

  /**
   * What a CPU quota does to a request.
   *
   * @default LatencyModel.EVEN_SHARE
   */
  readonly latencyModel?: LatencyModel;
}
