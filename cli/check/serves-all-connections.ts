import { type CheckResult, ok, skipped, warning } from './check-result';
import { loadOf } from './checked-load';
import type { CheckedTask } from './checked-task';
import type { ConnectionLoad } from './load-clients';

/** A connection that waits longer than this while others are served is starved. */
const MIN_STARVED_SECONDS = 2;
const TIMES_OTHERS = 10;

/** Assesses whether the task serves its kept connections in turn: some servers give each a thread or a process, and have too few. */
export async function servesAllConnections(task: CheckedTask): Promise<CheckResult> {
  const { connections } = await loadOf(task);
  return assessConnections(connections);
}

/** Assesses what each connection of a load got. */
export function assessConnections(connections: readonly ConnectionLoad[]): CheckResult {
  const waits = connections.map(({ longestWaitSeconds }) => longestWaitSeconds).sort((a, b) => a - b);
  if (waits.length === 0) return skipped('no connection was used');
  // the shortest quarter: more than half of the connections may be starved.
  const usualSeconds = waits[Math.floor(waits.length / 4)]!;
  const limitSeconds = Math.max(MIN_STARVED_SECONDS, TIMES_OTHERS * usualSeconds);
  const starved = connections.filter(({ longestWaitSeconds }) => longestWaitSeconds > limitSeconds);
  if (starved.length === 0) return ok(`the longest wait on ${waits.length} kept connections was ${waits.at(-1)!.toFixed(2)} s`);
  const served = Math.max(...connections.map(({ servedCount }) => servedCount));
  return warning(
    `${starved.length} of ${waits.length} kept connections waited up to ${waits.at(-1)!.toFixed(1)} s, while another got ${served} responses: it serves no more connections at once than it has threads or processes`,
    'give it more threads or workers than the load balancer has connections to a task, or a server that waits for many connections in one thread',
  );
}
