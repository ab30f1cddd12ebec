import { Client } from 'undici';
import type { HealthCheck } from '../../../src/plan/health-check';
import { every } from '../../../src/time/every';
import type { Cancel, Time } from '../../../src/time/time';
import { failureInWords } from '../failure-in-words';

/** What is checked, and how. */
export interface CheckedPort {
  readonly port: number;
  readonly healthCheck: HealthCheck;
  /** Whether a fault keeps the task from answering, however long one waits. */
  readonly isFrozen?: () => boolean;
}

/**
 * Checks the health of a port at once and then at every interval.
 *
 * The interval passes on the scenario's clock, the timeout on the wall clock: a
 * task cannot answer faster because its scenario does. Where that makes a check
 * last longer than the interval, the beats in between are left out. A frozen
 * task will not answer at all: there the timeout passes on the scenario's clock.
 */
export function startHealthChecks(time: Time, options: CheckedPort, onResult: (failure: string | undefined) => void): Cancel {
  const client = new Client(`http://127.0.0.1:${options.port}`, { pipelining: 0 });
  const look = onceAtATime(async () => {
    const failure = await check(client, time, options);
    if (!client.destroyed) onResult(failure);
  });
  const cancel = every(time, { firstAtSeconds: time.nowSeconds, periodSeconds: options.healthCheck.intervalSeconds }, look);
  return () => {
    cancel();
    void client.destroy();
  };
}

/** Starts a step unless it is still under way. */
function onceAtATime(step: () => Promise<void>): () => void {
  let isUnderWay = false;
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    void step().finally(() => {
      isUnderWay = false;
    });
  };
}

/** Says what is wrong, or undefined where the answer is 200. */
async function check(
  client: Client,
  time: Time,
  { healthCheck: { path, timeoutSeconds }, isFrozen = () => false }: CheckedPort,
): Promise<string | undefined> {
  const inVain = new AbortController();
  const cancelLook = every(time, { firstAtSeconds: time.nowSeconds + timeoutSeconds, periodSeconds: timeoutSeconds }, () => {
    if (isFrozen()) inVain.abort(new DOMException('frozen', 'TimeoutError'));
  });
  try {
    const answer = await client.request({
      path,
      method: 'GET',
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      signal: AbortSignal.any([AbortSignal.timeout(timeoutSeconds * 1000), inVain.signal]),
    });
    await answer.body.dump();
    return answer.statusCode === 200 ? undefined : `GET ${path} answered ${answer.statusCode}`;
  } catch (error) {
    return failureInWords(error as Error, timeoutSeconds);
  } finally {
    cancelLook();
  }
}
