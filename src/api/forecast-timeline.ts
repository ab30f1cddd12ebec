/**
 * One minute of a forecast, or less at its end.
 */
export interface ForecastTimelineRow {
  /**
   * When the row ends, in seconds from the start of the traffic.
   */
  readonly atSeconds: number;

  /**
   * The users at the end of the row.
   *
   * @default - none: the traffic is in requests per second
   */
  readonly users?: number;

  /**
   * Requests per second that clients sent, on average: those that were served, that failed, and that still wait.
   */
  readonly sentRequestsPerSecond: number;

  /**
   * Requests per second that got a successful response, on average. A request counts in the row in which its response came.
   */
  readonly servedRequestsPerSecond: number;

  /**
   * Requests that failed in the row.
   */
  readonly failedRequests: number;

  /**
   * Failed requests by kind: `HTTP 502` (a task closed or refused the connection), `HTTP 503` (no healthy target), `HTTP 504` (a task did
   * not respond within the idle timeout), or `other`, such as an error page of the task itself.
   */
  readonly failures: { [kind: string]: number };

  /**
   * The desired count.
   */
  readonly desiredCount: number;

  /**
   * The running count, including tasks that are not healthy yet.
   */
  readonly runningCount: number;

  /**
   * The healthy targets of the load balancer.
   */
  readonly healthyCount: number;

  /**
   * `CPUUtilization` of the service, in percent.
   *
   * @default - none: no task ran
   */
  readonly cpuUtilizationPercent?: number;

  /**
   * `MemoryUtilization` of the service, in percent.
   *
   * @default - none: no task ran
   */
  readonly memoryUtilizationPercent?: number;

  /**
   * `RequestCountPerTarget`: requests in a minute for each healthy task.
   *
   * @default - none: no task was healthy
   */
  readonly requestCountPerTarget?: number;

  /**
   * `CPUCreditBalance` of a burstable instance, in CPU credits, on average.
   *
   * @default - none: the service does not run on burstable instances
   */
  readonly cpuCreditBalance?: number;

  /**
   * The median latency, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p50Millis?: number;

  /**
   * The 95th percentile of latency, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p95Millis?: number;

  /**
   * The 95th percentile of latency with the faster latency model, in milliseconds: see `LatencyModel`.
   *
   * @default - none: nothing was served
   */
  readonly p95LowMillis?: number;

  /**
   * The 95th percentile of latency with the slower latency model, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p95HighMillis?: number;

  /**
   * The 99th percentile of latency, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p99Millis?: number;

  /**
   * The 99th percentile of latency with the faster latency model, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p99LowMillis?: number;

  /**
   * The 99th percentile of latency with the slower latency model, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p99HighMillis?: number;
}

/**
 * Sums over a whole forecast. Every request was served, failed, or is in flight at the end.
 */
export interface ForecastTotals {
  /**
   * Requests that clients sent.
   */
  readonly requests: number;

  /**
   * Requests that were served.
   */
  readonly servedRequests: number;

  /**
   * Requests that got no response, or an error.
   */
  readonly failedRequests: number;

  /**
   * Failed requests by kind, as in a row of the timeline.
   */
  readonly failures: { [kind: string]: number };

  /**
   * Requests in flight at the end.
   */
  readonly requestsInFlightAtEnd: number;

  /**
   * The mean latency of served requests, in milliseconds.
   */
  readonly meanLatencyMillis: number;

  /**
   * The 95th percentile of the latency of served requests over the whole run, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p95Millis?: number;

  /**
   * The 99th percentile of the latency of served requests over the whole run, in milliseconds.
   *
   * @default - none: nothing was served
   */
  readonly p99Millis?: number;

  /**
   * The maximum of desired and running tasks.
   */
  readonly maxTasks: number;

  /**
   * Billed hours: each task from its launch until it has stopped.
   */
  readonly taskHours: number;

  /**
   * Hours of the instances that the tasks run on.
   *
   * @default - none: the tasks run on Fargate, or each instance is counted as a task
   */
  readonly instanceHours?: number;

  /**
   * The CPU credits that burstable instances in unlimited mode have spent and not earned back, which AWS charges for. One is a vCPU for a minute.
   *
   * @default - none: the service does not run on burstable instances
   */
  readonly surplusCpuCredits?: number;

  /**
   * Seconds in which the metric of any policy was over its target, in periods of a minute as in CloudWatch.
   */
  readonly secondsOverTarget: number;

  /**
   * Seconds in which the desired count was `maxCapacity`.
   */
  readonly secondsAtMaxCapacity: number;

  /**
   * Seconds in which requests were sent and none was served.
   */
  readonly outageSeconds: number;

  /**
   * From the minute in which a metric was first over its target to the minute in which none is and all desired tasks are healthy.
   *
   * @default - none: no metric was over its target, or the service did not recover
   */
  readonly timeToRecoverSeconds?: number;
}
