import type { FleetCounters } from '../metrics/fleet-counters';

export type { FleetCounters } from '../metrics/fleet-counters';

/** The tasks of a service, as scaling sees them: simulated ones in a forecast, processes or containers in a rehearsal. */
export interface Fleet {
  /** Running tasks that are not draining or stopping. */
  readonly runningCount: number;
  /** Whether the running count is the desired count, with no task starting or draining. */
  readonly isSteady: boolean;
  /** Whether a deployment is in progress, which blocks scale-in. */
  readonly isDeploying: boolean;
  /** A snapshot of the counters since the start. */
  readonly counters: FleetCounters;
  setDesiredCount(desiredCount: number): void;
  /** Called when an alarm that can roll a deployment back has gone into ALARM, or is no longer. */
  setAlarmState?(alarmName: string, isInAlarm: boolean): void;
}

/** A fleet with the counts that a timeline shows and the time that is billed. */
export interface ObservedFleet extends Fleet {
  readonly healthyCount: number;
  /** The highest running count so far. */
  readonly maxRunningCount: number;
  /** Billed task-seconds of the scenario since the start; in a forecast at least a minute for each task that has stopped. */
  readonly billedTaskSeconds: number;
  /** Instance-seconds of the scenario since the start, of the instances that tasks of ECS run on; undefined on Fargate. */
  readonly billedInstanceSeconds?: number;
  /** The surplus CPU credits that AWS charges for; undefined without burstable instances. */
  readonly surplusCpuCredits?: number;
}
