import type { ProgressListener } from '../../rehearsal/progress-step';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { acceptsLongHeaders } from './accepts-long-headers';
import { acceptsRemoteConnections } from './accepts-remote-connections';
import { becomesHealthy } from './becomes-healthy';
import { type CheckResult, failed, skipped } from './check-result';
import { CheckedTask, type CheckOptions } from './checked-task';
import { closesConnectionsWhenStopped } from './closes-connections-when-stopped';
import { completesRequestsWhenStopped } from './completes-requests-when-stopped';
import { endsAsProcessOne } from './ends-as-process-one';
import { exitsWithinStopTimeout } from './exits-within-stop-timeout';
import { hasReadOnlyRootFilesystem } from './has-read-only-root-filesystem';
import { hasStopSignal } from './has-stop-signal';
import { isKnownServer } from './is-known-server';
import { keepsIdleConnections } from './keeps-idle-connections';
import { keepsMemoryStable, OUT_OF_MEMORY_FIX } from './keeps-memory-stable';
import { listensOnPort } from './listens-on-port';
import { matchesCpuArchitecture } from './matches-cpu-architecture';
import { respondsToRequests } from './responds-to-requests';
import { respondsUnderLoad } from './responds-under-load';
import { runsAsNonRoot } from './runs-as-non-root';
import { servesAllConnections } from './serves-all-connections';
import { servesHealthChecksUnderLoad } from './serves-health-checks-under-load';
import { stopsWhileStarting } from './stops-while-starting';
import { survivesMalformedRequests } from './survives-malformed-requests';

/** The result of a check, with the name of the check. */
export interface NamedCheckResult extends CheckResult {
  readonly name: string;
}

/**
 * Starts one task, runs the checks on it in their order, and stops it.
 *
 * @param listeners get each result as soon as it is known, and the progress of the checks.
 */
export async function checkTask(
  options: CheckOptions,
  runtime: TaskRuntime,
  { onResult, onProgress }: CheckListeners = {},
  checks: readonly Check[] = CHECKS,
): Promise<readonly NamedCheckResult[]> {
  const task = await CheckedTask.start(options, runtime);
  onProgress?.(() => task.progress);
  const results: NamedCheckResult[] = [];
  for (const check of checks) {
    const result = { name: check.name, ...(await runCheck(task, check)) };
    results.push(result);
    onResult?.(result);
  }
  task.idleConnection?.close();
  if (!task.hasExited) task.handle.kill();
  await task.handle.exited;
  return results;
}

/** What gets the results and the progress of checks. */
export interface CheckListeners {
  readonly onResult?: (result: NamedCheckResult) => void;
  readonly onProgress?: ProgressListener;
}

async function runCheck(task: CheckedTask, { name, requiredState, run }: Check): Promise<CheckResult> {
  const wasStopped = task.stopSent !== undefined;
  if (requiredState !== 'nothing' && !task.hasBeenHealthy) return skipped('the task was never healthy');
  if (requiredState === 'healthy task' && wasStopped) return skipped('the task had been stopped');
  if (requiredState !== 'nothing' && task.hasExited && !wasStopped) return skipped('the task had exited');
  task.progress = { name: 'checking', latestResult: `now: ${name}` };
  const result = await run(task);
  const hasExitedUnexpectedly = requiredState !== 'nothing' && task.hasExited && task.stopSent === undefined;
  // every other symptom of a task that ran out of memory is a consequence of that.
  if (hasExitedUnexpectedly && task.isOutOfMemory) return failed(`meanwhile the task ${task.exitDescription}`, OUT_OF_MEMORY_FIX);
  return hasExitedUnexpectedly ? withExit(result, task) : result;
}

/** The result of a check during which the task ended by itself: that is why it failed, if it did. */
function withExit({ status, reason, fix }: CheckResult, { exitDescription, hasEndedWell }: CheckedTask): CheckResult {
  if (status === 'failed' && reason.includes(exitDescription)) return { status, reason, fix };
  const before = status === 'failed' ? `${reason}; ` : '';
  return failed(`${before}meanwhile the task ${exitDescription}`, hasEndedWell ? ENDS_BY_ITSELF : SEE_LAST_OUTPUT);
}

const ENDS_BY_ITSELF =
  'let it run in the foreground until it is stopped: exit code 0 means that it went into the background, or that it ends after so many requests (uvicorn --limit-max-requests), which needs a supervisor in the task that starts the next process (uvicorn --workers 2)';

const SEE_LAST_OUTPUT = 'see its last output: no request must end the task';

/** One requirement of a task behind a load balancer, and how it is tested. */
export interface Check {
  readonly name: string;
  /** The state that the task must be in, or the check is skipped; a task that has been healthy may have been stopped by another check. */
  readonly requiredState: 'healthy task' | 'task that was healthy' | 'nothing';
  readonly run: (task: CheckedTask) => Promise<CheckResult>;
}

/** All checks in their order: each leaves the task in the state that the next one needs. */
export const CHECKS: readonly Check[] = [
  { name: 'listens on its port', requiredState: 'nothing', run: listensOnPort },
  { name: 'becomes healthy within the grace period', requiredState: 'nothing', run: becomesHealthy },
  { name: 'is a known server', requiredState: 'healthy task', run: isKnownServer },
  { name: 'accepts connections from other hosts', requiredState: 'healthy task', run: acceptsRemoteConnections },
  { name: 'responds to requests', requiredState: 'healthy task', run: respondsToRequests },
  { name: 'accepts long headers', requiredState: 'healthy task', run: acceptsLongHeaders },
  { name: 'responds under load', requiredState: 'healthy task', run: respondsUnderLoad },
  { name: 'serves health checks under load', requiredState: 'healthy task', run: servesHealthChecksUnderLoad },
  { name: 'serves all kept connections', requiredState: 'healthy task', run: servesAllConnections },
  { name: 'keeps memory stable under load', requiredState: 'healthy task', run: keepsMemoryStable },
  { name: 'survives malformed requests', requiredState: 'healthy task', run: survivesMalformedRequests },
  { name: 'keeps idle connections open', requiredState: 'healthy task', run: keepsIdleConnections },
  { name: 'completes requests when stopped', requiredState: 'task that was healthy', run: completesRequestsWhenStopped },
  { name: 'closes connections when stopped', requiredState: 'task that was healthy', run: closesConnectionsWhenStopped },
  { name: 'exits within the stop timeout', requiredState: 'task that was healthy', run: exitsWithinStopTimeout },
  { name: 'ends as process 1', requiredState: 'task that was healthy', run: endsAsProcessOne },
  { name: 'is stopped by the right signal', requiredState: 'task that was healthy', run: hasStopSignal },
  { name: 'can be stopped while it starts', requiredState: 'task that was healthy', run: stopsWhileStarting },
  { name: 'image matches the CPU architecture', requiredState: 'nothing', run: matchesCpuArchitecture },
  { name: 'runs as a non-root user', requiredState: 'nothing', run: runsAsNonRoot },
  { name: 'has a read-only root filesystem', requiredState: 'nothing', run: hasReadOnlyRootFilesystem },
];
