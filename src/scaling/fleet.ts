/** The tasks that are scaled: modelled ones in a forecast, processes in a rehearsal. */
export interface Fleet {
  /** Tasks that run and are not on their way out. */
  readonly runningCount: number;
  /** Whether what runs is what was wanted: nothing is starting and nothing is draining. */
  readonly isSteady: boolean;
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
  /** Requests that were sent to a task. */
  readonly requests: number;
  /** Seconds of CPU that the tasks used. */
  readonly cpuSeconds: number;
  /** Seconds of CPU that the running tasks could have used. */
  readonly cpuCapacitySeconds: number;
  /** Seconds times healthy targets. */
  readonly healthyTargetSeconds: number;
}
