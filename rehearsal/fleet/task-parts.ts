import type { TaskSize } from '../../src/plan/task-size';
import type { Clock } from '../../src/time/clock';
import type { LoadBalancer } from '../load-balancer/local-load-balancer';
import type { TaskRuntime } from '../task-runtime/task-runtime';

/** A task that does not listen on its port, or is not healthy, within this time on the wall clock has failed to start. */
export const MAX_START_SECONDS = 60;

/** What a task needs to start and to stop. */
export interface TaskParts {
  readonly clock: Clock;
  readonly runtime: TaskRuntime;
  /** The CPU and the memory that the runtime limits it to. */
  readonly size: TaskSize;
  readonly balancer: LoadBalancer;
  readonly healthCheckPath: string;
  /**
   * The name of the target group that a task of a revision is registered with.
   *
   * @default - none: the load balancer has one group without a name
   */
  readonly targetGroupOf?: (revision: number) => string;
  /**
   * The speed of the cores that tasks run on once they are healthy, as a share of this machine's, above 0. Their CPU quota is cut to this
   * share, and their CPU is counted as that of the slower core: requests cost more, so that fewer of them make a task busy.
   *
   * @default 1
   */
  readonly coreSpeed?: number;
  /**
   * Called with what a task has written, if its supervisor captures output.
   *
   * @default - it is not passed on
   */
  readonly onOutput?: (taskNumber: number, text: string) => void;
  /**
   * How long a task may take until it is healthy, on the wall clock.
   *
   * @default 60
   */
  readonly maxStartSeconds?: number;
}
