import { type Load, PAUSE_AFTER_FAILURE_SECONDS } from '../../traffic/traffic-phases';

/** The users of a closed load, and what their requests wait for besides the tasks. */
export interface Users {
  readonly count: number;
  readonly thinkSeconds: number;
  /** From a request of a user to its next one at least. */
  readonly pacingSeconds: number;
  /** From a request that no task serves until the user sends the next, without the think time. */
  readonly secondsPerRejectedRequest: number;
  /** How much longer each request waits for a slow dependency. */
  readonly dependencyDelaySeconds: number;
  /** The time after which the load balancer responds with 504. */
  readonly idleTimeoutSeconds: number;
  /** The highest rate that the client can send. */
  readonly clientLimitPerSecond: number;
}

/** Users whose fields change from step to step. */
export type ChangingUsers = { -readonly [Name in keyof Users]: Users[Name] };

/** The users of a load that has not begun. */
export function noUsers(baseLatencySeconds: number, idleTimeoutSeconds: number, clientLimitPerSecond: number): ChangingUsers {
  return {
    count: 0,
    thinkSeconds: 0,
    pacingSeconds: 0,
    secondsPerRejectedRequest: baseLatencySeconds + PAUSE_AFTER_FAILURE_SECONDS,
    dependencyDelaySeconds: 0,
    idleTimeoutSeconds,
    clientLimitPerSecond,
  };
}

/** Sets the users who can send requests now: a user whose request is held waits for its response. */
export function setUsers(users: ChangingUsers, load: Load, heldCount: number, dependencyDelaySeconds: number): Users {
  users.count = Math.max(0, load.value - heldCount);
  users.thinkSeconds = load.thinkSeconds;
  users.pacingSeconds = load.pacingSeconds ?? 0;
  users.dependencyDelaySeconds = dependencyDelaySeconds;
  return users;
}

/** The share of the requests of users that one of them meets: those of the others. */
export function otherUsersShare({ count }: Users): number {
  return count > 0 ? Math.max(0, count - 1) / count : 0;
}

/** From a request that no task serves to the next one of its user. */
export function rejectedCycleSeconds({ thinkSeconds, secondsPerRejectedRequest, pacingSeconds }: Users): number {
  return Math.max(thinkSeconds + secondsPerRejectedRequest, pacingSeconds);
}
