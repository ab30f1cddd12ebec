import { InputError } from '../../src/parse/input-error';
import type { ProgressStep } from '../progress-step';
import { formatExit, type TaskExit } from '../task-runtime/task-runtime';

/** The progress of a task's start. */
export interface StartState {
  readonly healthCheckPath: string;
  /** The port of this machine at which it is reached. */
  readonly port: number;
  /** The port that it listens on inside its container, if it has one. */
  readonly containerPort?: number;
  /** Whether it listens, and its target is registered. */
  readonly isRegistered: boolean;
  /** Why its last health check failed. */
  readonly lastFailure?: string;
}

/** What the start of a task waits for, and what to change if it waits for long. */
export function startProgressOf({ healthCheckPath: path, port, containerPort, isRegistered, lastFailure }: StartState): ProgressStep {
  if (!isRegistered) return { name: 'waiting for the task to open its port', hint: portHint(port, containerPort) };
  return {
    name: `waiting for GET ${path} to respond 200`,
    latestResult: lastFailure === undefined ? undefined : `so far ${lastFailure}`,
    hint: `the load balancer sends a task requests only once GET ${path} responds 200: give a path that does with --set healthCheck.path=/…`,
  };
}

function portHint(port: number, containerPort: number | undefined): string {
  return containerPort === undefined
    ? `nothing listens yet on port ${port}, the value of the variable PORT: the program has to listen on the port in PORT, not on a fixed one (in --command, $PORT is that port)`
    : `nothing listens yet on port ${containerPort}, the container port of the template: listen there, on all addresses, or give another port with --set container.port=…`;
}

/**
 * The error for a task that did not become healthy.
 *
 * @param reason how it exited, or the seconds after which the wait for it timed out.
 */
export function startError(state: StartState, reason: TaskExit | number, lastOutput: string): InputError {
  const output = lastOutput.trim();
  const got =
    typeof reason === 'number'
      ? `${formatTimeout(state, reason)}: ${startProgressOf(state).hint}`
      : `a process that ended with ${formatExit(reason)}`;
  return new InputError([
    `a task must listen on the port in its variable PORT and respond 200 to GET ${state.healthCheckPath}, got ${got}\n` +
      `${output === '' ? 'it wrote nothing' : `its last lines:\n${output}`}`,
  ]);
}

function formatTimeout({ isRegistered, lastFailure = 'no response' }: StartState, seconds: number): string {
  return isRegistered ? `${lastFailure} for ${seconds} seconds` : `a port that did not open in ${seconds} seconds`;
}

/** Reads what the start of tasks waits for: that of the first task that has started and is not healthy. */
export function readStartProgress(tasks: readonly { readonly startProgress?: ProgressStep }[]): ProgressStep {
  const steps = tasks.flatMap((task) => task.startProgress ?? []);
  return steps[0] ?? { name: tasks.length === 1 ? 'starting the task' : 'starting the tasks' };
}
