/** Starts tasks of one service: copies of the same program or image, each limited to the same task size. */
export interface TaskRuntime {
  /** What runs the tasks and what limits their CPU, such as `processes, CPU quota by cgroup v1`. */
  readonly description: string;

  /** The port that the tasks listen on inside their containers; undefined if tasks are processes, each with a port of its own. */
  readonly containerPort?: number;

  /** Rejects if the supervisor of the tasks exits before `stop` is called; never settles otherwise. */
  readonly supervisorExited: Promise<never>;

  /**
   * Starts a task. Its environment variable PORT is the port that it has to listen on, which is free.
   *
   * @throws InputError if it cannot be started. A task that exits at once has been started.
   */
  run(options?: TaskRunOptions): Promise<TaskHandle>;

  /** Kills every task, ends their supervisor, and waits until it has exited. */
  stop(): Promise<void>;
}

/** How one task is run. */
export interface TaskRunOptions {
  /**
   * Whether a process runs as process 1 of a PID namespace; a container does what its definition says.
   *
   * @default false
   */
  readonly isProcessOne?: boolean;
}

/** A task that has been started. Its values are those of the supervisor's last report; there are ten reports a second. */
export interface TaskHandle {
  /** The port on 127.0.0.1 at which the task is reached. */
  readonly port: number;

  /** The first process of the task, if it is a process of this machine; undefined for a container. */
  readonly processId?: number;

  /** Resolves when the task has exited, for any reason. */
  readonly exited: Promise<TaskExit>;

  /** CPU seconds used since the start. While the speed of the task is reduced, they are seconds of an accordingly slower core. */
  readonly cpuSeconds: number;

  /** The memory of all its processes; undefined before the first report, and if it is not known. */
  readonly memoryMiB: number | undefined;

  /** The last lines of its output. */
  readonly lastOutput: string;

  /** Called with what it has written since the last report, if its supervisor captures output. To be set at once. */
  onOutput: (text: string) => void;

  /** Sends its stop signal now, which is SIGTERM if its image sets no other, and SIGKILL after the given seconds of the wall clock. */
  stop(stopTimeoutSeconds: number): Promise<TaskExit>;

  /** Sends SIGKILL to all its processes. */
  kill(): void;

  /** Pauses all its processes until `unpause`, independent of the CPU quota. */
  pause(): void;

  unpause(): void;

  /**
   * Runs the task as on a slower core: its CPU quota is reduced, and its CPU seconds are counted as those of the slower core. So a busy
   * task shows 100 % CPU and does less work.
   *
   * @param relativeSpeed above 0, up to 1, which is full speed.
   * @param cpuShare the share of its vCPUs that the task can use: its CPU seconds stay what they are, so that it shows less than 100 % CPU.
   */
  setRelativeSpeed(relativeSpeed: number, cpuShare?: number): void;

  /** Starts a process inside the task that allocates memory until the task exceeds its memory limit and is killed. */
  exhaustMemory(): void;
}

/** How a task exited. */
export interface TaskExit {
  /** The exit code, or null if a signal killed it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether it was killed because it exceeded its memory limit; ECS reports OutOfMemoryError then. */
  readonly isOutOfMemory: boolean;
  /** The last lines of its output. */
  readonly lastOutput: string;
}

/** How a task exited, such as `exit code 3` or `SIGKILL`, for use after "ended with". */
export function formatExit({ code, signal, isOutOfMemory }: Omit<TaskExit, 'lastOutput'>): string {
  if (isOutOfMemory) return 'exit code 137, OutOfMemoryError: it needed more memory than it has';
  return signal ?? `exit code ${code}`;
}
