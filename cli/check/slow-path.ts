import type { CheckedTask } from './checked-task';

/** A path that takes longer than this is slow enough to be under way when the task is stopped. */
export const MIN_SLOW_SECONDS = 0.3;

const TIMEOUT_SECONDS = 10;

/**
 * Requests a path, and notes it if it is slow: the path that was named, or else the slowest. The first response may be slow by itself: it is
 * then requested once more. Returns the status code of the response, or a string that says why there was none.
 */
export async function timedGet(task: CheckedTask, path: string, timeoutSeconds: number): Promise<number | string> {
  const { slowPath } = task.options;
  const [response, seconds] = await timed(() => task.get(path, timeoutSeconds));
  if (path === slowPath) task.namedPathResult = `responded ${response} within ${seconds.toFixed(2)} s`;
  if (path === slowPath && typeof response === 'string') task.namedPathResult = `had no response: ${response}`;
  if (seconds < MIN_SLOW_SECONDS || typeof response === 'string' || response >= 400) return response;
  if (slowPath !== undefined && path !== slowPath) return response;
  const usualSeconds = path === slowPath ? seconds : Math.min(seconds, (await timed(() => task.get(path, timeoutSeconds)))[1]);
  if (usualSeconds >= Math.max(MIN_SLOW_SECONDS, task.slowPath?.seconds ?? 0)) task.slowPath = { path, seconds: usualSeconds };
  return response;
}

/** Finds out how slow the path is that was named, or each path, if no check has requested them. */
export async function findSlowPath(task: CheckedTask): Promise<void> {
  const { slowPath, paths } = task.options;
  if (task.slowPath !== undefined) return;
  for (const path of slowPath === undefined ? new Set(paths) : [slowPath]) await timedGet(task, path, TIMEOUT_SECONDS);
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const startedAtMillis = performance.now();
  const result = await run();
  return [result, (performance.now() - startedAtMillis) / 1000];
}
