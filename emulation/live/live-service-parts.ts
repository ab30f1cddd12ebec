import type { HookResponse } from '../../src/ecs/lifecycle-hook-runs';
import type { SpedUpClock } from '../../src/time/sped-up-clock';
import type { HookInvocation } from './deployment-hooks';
import type { TaskLogs } from './task-logs';

/** What a live service needs. */
export interface LiveServiceParts {
  readonly clock: SpedUpClock;
  /** Minutes since 1970 in UTC when the clock showed 0. */
  readonly startMinute: number;
  /** Called when scaling has set the desired count. */
  readonly onDesiredCount: (desiredCount: number) => void;
  /** Called with the text of each event. */
  readonly onEvent: (text: string) => void;
  /** Gets what the tasks write. */
  readonly logs: TaskLogs;
  /** Invokes the function of a lifecycle hook. */
  readonly invokeHook: (invocation: HookInvocation) => Promise<HookResponse>;
}
