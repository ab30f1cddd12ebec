import { type CheckResult, failed, ok, warning } from './check-result';
import { type CheckedTask, formatResponse } from './checked-task';

const TIMEOUT_SECONDS = 10;

/** Requests each path once: a load on a path that fails anyway would show nothing about the task. */
export async function respondsToRequests(task: CheckedTask): Promise<CheckResult> {
  const { paths, slowPath } = task.options;
  const responses: { path: string; response: number | string }[] = [];
  for (const path of new Set([...paths, ...(slowPath === undefined ? [] : [slowPath])]))
    responses.push({ path, response: await task.timedGet(path, TIMEOUT_SECONDS) });
  const broken = responses.find(({ response }) => typeof response === 'string' || response >= 500);
  if (broken !== undefined)
    return failed(formatResponse(broken.path, broken.response), 'respond with a status below 500, or request another path with --path');
  const clientError = responses.find(({ response }) => Number(response) >= 400);
  if (clientError === undefined)
    return ok(responses.length === 1 ? formatResponse(responses[0]!.path, responses[0]!.response) : `all of ${responses.length} paths`);
  return warning(
    `${formatResponse(clientError.path, clientError.response)}: the load would test error responses only`,
    'request a path of the service that does its real work, with --path',
  );
}
