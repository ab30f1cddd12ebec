import { formatPercentage } from '../../src/report/number-format';
import { type CheckResult, failed, ok, warning } from './check-result';
import { loadOf } from './checked-load';
import type { CheckedTask } from './checked-task';
import type { FailedRequest } from './load-clients';

/** The status with which a service rejects load that it cannot serve. */
const SERVICE_UNAVAILABLE = 503;

/** Counts the failed requests of a load. */
export async function respondsUnderLoad(task: CheckedTask): Promise<CheckResult> {
  return assessResponses(await loadOf(task));
}

/** Assesses what the clients of a busy task got. */
export function assessResponses({
  servedCount,
  failures,
}: {
  readonly servedCount: number;
  readonly failures: readonly FailedRequest[];
}): CheckResult {
  const requests = servedCount + failures.length;
  const unexpected = failures.filter(({ statusCode }) => statusCode !== SERVICE_UNAVAILABLE);
  if (requests === 0) return failed('no request was completed', 'see the log of the task for the cause');
  const countText = (count: number): string => `${count} of ${requests} requests, ${formatPercentage(count / requests)},`;
  const limit = requestsPerConnection(unexpected);
  if (limit !== undefined)
    return failed(
      `${countText(unexpected.length)} failed: it closes a connection after ${limit} requests, without Connection: close in the last response, so the next request gets HTTP 502`,
      'raise the number of requests per connection (of a server or a proxy in the task), or announce the end of the connection by Connection: close in its last response',
    );
  if (unexpected.length > 0)
    return failed(
      `${countText(unexpected.length)} failed: ${unexpected[0]!.failure}`,
      'see the log of the task for the cause; more tasks may not help',
    );
  if (failures.length > 0)
    return warning(
      `${countText(failures.length)} got HTTP 503`,
      'correct if a task cannot serve this load; otherwise raise its limit of concurrent requests',
    );
  return ok(`all ${requests} requests succeeded`);
}

/** Fewer connections than this that ended after the same number of responses may have done so by chance. */
const MIN_EQUAL_CONNECTIONS = 3;
const MIN_EQUAL_SHARE = 0.8;

/** After how many requests the task closes each connection; undefined if that is not why requests failed. */
function requestsPerConnection(failures: readonly FailedRequest[]): number | undefined {
  const counts = failures.flatMap(({ closedAfterResponses }) => closedAfterResponses ?? []).sort((a, b) => a - b);
  const middle = counts[Math.floor(counts.length / 2)];
  const equal = counts.filter((count) => count === middle).length;
  return equal >= MIN_EQUAL_CONNECTIONS && equal >= MIN_EQUAL_SHARE * failures.length ? middle : undefined;
}
