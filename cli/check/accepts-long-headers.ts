import { type CheckResult, failed, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';
import { TaskConnection } from './task-connection';

const TIMEOUT_SECONDS = 5;

/** What large cookies and tokens come to. */
const LONG_BYTES = 10_000;

/** An Application Load Balancer passes a header of up to 16 KB: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const LONGEST_BYTES = 16_000;

/** Sends one long header, as the load balancer passes it on. */
export async function acceptsLongHeaders(task: CheckedTask): Promise<CheckResult> {
  const path = task.options.paths[0]!;
  const [usual, long, longest] = [
    await statusOf(task, path, 0),
    await statusOf(task, path, LONG_BYTES),
    await statusOf(task, path, LONGEST_BYTES),
  ];
  const isRefused = (status: number | string): boolean => status !== usual;
  const passes = 'the load balancer passes headers of up to 16 KB, such as large cookies and tokens';
  if (typeof long === 'string' && isRefused(long))
    return failed(`with a header of 10 KB: ${long}, which is an HTTP 502; ${passes}`, task.advice.longHeaders);
  if (isRefused(long)) return warning(`with a header of 10 KB it responded ${long}; ${passes}`, task.advice.longHeaders);
  return ok(
    isRefused(longest)
      ? `a header of 10 KB was accepted; with 16 KB, the limit of the load balancer, ${typeof longest === 'string' ? longest : `it responded ${longest}`}`
      : 'a header of 16 KB, the limit of the load balancer, was accepted',
  );
}

/** The status of the response to a request with a header of so many bytes, or why there was none. */
async function statusOf(task: CheckedTask, path: string, headerBytes: number): Promise<number | string> {
  const connection = new TaskConnection(task.hostPort);
  const header = headerBytes === 0 ? '' : `X-Long: ${'a'.repeat(headerBytes)}\r\n`;
  const { response, failure } = await connection.request(path, TIMEOUT_SECONDS, header);
  connection.close();
  return response?.statusCode ?? failure!;
}
