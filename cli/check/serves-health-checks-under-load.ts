import { type CheckResult, failed, ok, warning } from './check-result';
import { loadOf } from './checked-load';
import type { CheckedTask } from './checked-task';

/** A health check slower than this share of its timeout fails at a somewhat higher load. */
const SLOW_SHARE = 0.5;

/** Assesses the health checks that were sent while clients kept the task busy. */
export async function servesHealthChecksUnderLoad(task: CheckedTask): Promise<CheckResult> {
  const {
    healthChecks: { count, failures, slowestSeconds },
    servedCount,
    seconds,
  } = await loadOf(task);
  const { timeoutSeconds, path } = task.plan.healthCheck;
  const load = `under ${(servedCount / seconds).toFixed(0)} requests per second`;
  // the end of a task is reported in the same way for all checks.
  if (failures.length > 0 && !(await task.waitForExit())) {
    return failed(
      `${failures.length} of ${count} health checks failed ${load}: ${failures[0]}; ECS replaces such a task, and the others get its load`,
      `respond to ${path} independently of other requests: no queue, no database, no lock`,
    );
  }
  const slowest = `the slowest of ${count} health checks took ${slowestSeconds.toFixed(2)} s ${load}; the timeout is ${timeoutSeconds} s`;
  return slowestSeconds > SLOW_SHARE * timeoutSeconds
    ? warning(slowest, `respond to ${path} before requests that wait, or raise healthCheck.timeout and healthCheck.interval`)
    : ok(slowest);
}
