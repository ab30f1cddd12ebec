/** The tasks that are scaled: modelled ones in a forecast, processes in a rehearsal. */
export interface Fleet {
  /** Tasks that run and are not on their way out. */
  readonly runningCount: number;
  /** Whether what runs is what was wanted: nothing is starting and nothing is draining. */
  readonly isSteady: boolean;
  /** Whether a deployment is going on: nothing is scaled in meanwhile. */
  readonly isDeploying: boolean;
  /** A reading of what has been counted since the start. */
  readonly counters: FleetCounters;
  setDesiredCount(desiredCount: number): void;
}

/**
 * What a fleet has counted since its start. The seconds are those in which
 * requests were really served: simulated ones in a forecast, and seconds of the
 * wall clock in a rehearsal, however fast its scenario runs.
 */
export interface FleetCounters {
  /** Seconds that have passed. */
  readonly seconds: number;
  /** Requests that were sent to a task. */
  readonly requests: number;
  /** Seconds of CPU that the tasks used. */
  readonly cpuSeconds: number;
  /** Seconds of CPU that the running tasks could have used. */
  readonly cpuCapacitySeconds: number;
  /** MiB that the tasks used, times seconds. */
  readonly memoryMiBSeconds: number;
  /** MiB that the running tasks could have used, times seconds; 0 where nobody measures memory, which then has no datapoint. */
  readonly memoryCapacityMiBSeconds: number;
  /** Seconds times healthy targets. */
  readonly healthyTargetSeconds: number;
  /** Seconds times registered targets, healthy or not yet or not any more. */
  readonly registeredTargetSeconds: number;
  /** Answers that a task gave. */
  readonly responses: number;
  /** The seconds from the load balancer to its target's answer, added up over all answers. */
  readonly responseSeconds: number;
  /** The median of those seconds at the time of each answer, added up over all answers. */
  readonly p50ResponseSeconds: number;
  /** The 95th percentile of those seconds at the time of each answer, added up over all answers. */
  readonly p95ResponseSeconds: number;
}

/** A fleet that has not counted anything yet. */
export const NOTHING_COUNTED: FleetCounters = {
  seconds: 0,
  requests: 0,
  cpuSeconds: 0,
  cpuCapacitySeconds: 0,
  memoryMiBSeconds: 0,
  memoryCapacityMiBSeconds: 0,
  healthyTargetSeconds: 0,
  registeredTargetSeconds: 0,
  responses: 0,
  responseSeconds: 0,
  p50ResponseSeconds: 0,
  p95ResponseSeconds: 0,
};
