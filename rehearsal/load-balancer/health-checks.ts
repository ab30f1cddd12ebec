import { Client } from 'undici';
import type { HealthCheck } from '../../src/plan/health-check';
import type { Cancel, Clock } from '../../src/time/clock';
import { every } from '../../src/time/clock';
import { formatFailure } from '../http/connection-error';

/** The port to check, and the settings of its health checks. */
export interface HealthCheckOptions {
  readonly port: number;
  readonly healthCheck: HealthCheck;
  /**
   * From now until the first check.
   *
   * @default 0
   */
  readonly firstCheckAfterSeconds?: number;
  /** Whether a fault has paused the task, so that it does not respond at all. */
  readonly isPaused?: () => boolean;
}

/**
 * Checks the health of a port at once, or after a while, and then at every interval.
 *
 * The interval passes on the scenario's clock, the timeout on the wall clock, because a task does not respond faster at a higher
 * speed. If a check lasts longer than the interval, the checks in between are skipped. A paused task does not respond at all, so its
 * timeout passes on the scenario's clock.
 */
export function startHealthChecks(clock: Clock, options: HealthCheckOptions, onResult: (failure: string | undefined) => void): Cancel {
  const client = new Client(`http://127.0.0.1:${options.port}`, { pipelining: 0 });
  const runCheck = skipWhileRunning(async () => {
    const failure = await runHealthCheck(client, clock, options);
    if (!client.destroyed) onResult(failure);
  });
  const firstAtSeconds = clock.nowSeconds + (options.firstCheckAfterSeconds ?? 0);
  const cancel = every(clock, { firstAtSeconds, periodSeconds: options.healthCheck.intervalSeconds }, runCheck);
  return () => {
    cancel();
    void client.destroy();
  };
}

/** A function that runs a step, unless the previous run has not ended. */
function skipWhileRunning(step: () => Promise<void>): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    void step().finally(() => {
      isRunning = false;
    });
  };
}

/** Sends a health check. Returns why it failed, or undefined if the status code is 200. */
async function runHealthCheck(
  client: Client,
  clock: Clock,
  { healthCheck: { path, timeoutSeconds }, isPaused = () => false }: HealthCheckOptions,
): Promise<string | undefined> {
  const pauseTimeout = new AbortController();
  const cancelPauseTimeout = every(clock, { firstAtSeconds: clock.nowSeconds + timeoutSeconds, periodSeconds: timeoutSeconds }, () => {
    if (isPaused()) pauseTimeout.abort(new DOMException('paused', 'TimeoutError'));
  });
  try {
    const response = await client.request({
      path,
      method: 'GET',
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      signal: AbortSignal.any([AbortSignal.timeout(timeoutSeconds * 1000), pauseTimeout.signal]),
    });
    await response.body.dump();
    return response.statusCode === 200 ? undefined : `GET ${path} responded ${response.statusCode}`;
  } catch (error) {
    return formatFailure(error as Error, timeoutSeconds);
  } finally {
    cancelPauseTimeout();
  }
}
