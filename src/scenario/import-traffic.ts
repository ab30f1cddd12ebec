import type { Iteration } from './iteration';
import { parseK6 } from './parse-k6';
import { parseLocust } from './parse-locust';
import { parseTrace } from './parse-trace';
import type { Traffic } from './traffic';

/**
 * Reads traffic from a file of another tool: a trace `t,rps`, the options of a k6 script, or the users or stages of a Locust
 * test. What it is shows in its text.
 *
 * @throws InvalidInput with one sentence for each part that does not read.
 */
export function importTraffic(text: string, iteration: Iteration): Traffic {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return parseTrace(text);
  return /"(spawn_rate|run_time)"/.test(text)
    ? parseLocust(text, iteration.thinkSeconds / iteration.requestsPerIteration)
    : parseK6(text, iteration);
}
