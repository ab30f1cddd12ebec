import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import type { FastifyBaseLogger } from 'fastify';
import { type MetricSource, metric } from '../observability/metrics.js';

/** The price service, and the limits of the requests to it. */
export interface PricesSettings {
  readonly url: string;
  readonly timeoutMilliseconds: number;
  readonly concurrency: number;
  readonly breakerFailures: number;
  readonly breakerSeconds: number;
}

/** The prices of some products by their ids, or none at all. */
export type Prices = Readonly<Record<string, number>> | 'unavailable';

type Outcome = 'ok' | 'failed' | 'timeout' | 'breaker_open' | 'bulkhead_full';

/**
 * Requests prices from another service, and does without them when that fails.
 *
 * Three patterns isolate its failures: a timeout fails fast, a circuit breaker stops sending requests after failures in a row and
 * tries again later, and a bulkhead limits how many requests may wait, so that slow ones cannot occupy all.
 */
export class PricesClient implements MetricSource {
  private readonly outcomes = new Map<Outcome, number>();
  private readonly breaker;
  private readonly policy;

  /** The first failure is logged, and again the first one after the breaker has closed. */
  private hasFailed = false;

  constructor(
    private readonly settings: PricesSettings,
    private readonly log: FastifyBaseLogger,
  ) {
    const { timeoutMilliseconds, concurrency, breakerFailures, breakerSeconds } = settings;
    this.breaker = circuitBreaker(handleAll, { halfOpenAfter: breakerSeconds * 1000, breaker: new ConsecutiveBreaker(breakerFailures) });
    // the bulkhead comes first: what it rejects says nothing about the price service, and must not open the breaker.
    this.policy = wrap(bulkhead(concurrency, 0), this.breaker, timeout(timeoutMilliseconds, TimeoutStrategy.Aggressive));
    this.logBreaker();
  }

  /** The prices of products; never rejects. */
  async of(ids: readonly number[]): Promise<Prices> {
    try {
      // one signal for each request: a shared one would collect a listener from each that waits.
      const prices = await this.policy.execute(({ signal }) => this.fetch(ids, signal), new AbortController().signal);
      this.count('ok');
      return prices;
    } catch (error) {
      this.fail(outcomeOf(error), error);
      return 'unavailable';
    }
  }

  /** The state of the circuit breaker, for metrics and the deep health check. */
  get state(): 'closed' | 'open' | 'half_open' {
    if (this.breaker.state === CircuitState.Closed) return 'closed';
    return this.breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open';
  }

  lines(): string[] {
    const states = ['closed', 'half_open', 'open'].map((state) => `prices_breaker_state{state="${state}"} ${Number(this.state === state)}`);
    const outcomes = [...this.outcomes].map(([outcome, count]) => `prices_requests_total{outcome="${outcome}"} ${count}`);
    const help = ['# HELP prices_breaker_state 1 for the state the circuit breaker is in.', '# TYPE prices_breaker_state gauge'];
    const counterHelp = ['# HELP prices_requests_total Requests for prices by outcome.', '# TYPE prices_requests_total counter'];
    const limit = metric('prices_bulkhead_limit', 'gauge', 'How many requests for prices may wait at once.', this.settings.concurrency);
    return [...help, ...states, ...counterHelp, ...outcomes, ...limit];
  }

  private async fetch(ids: readonly number[], signal: AbortSignal): Promise<Prices> {
    const url = new URL(this.settings.url);
    url.searchParams.set('ids', ids.join(','));
    const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`the status of prices must be 200, got ${response.status}`);
    return numbersOnly(await response.json(), ids);
  }

  private fail(outcome: Outcome, error: unknown): void {
    this.count(outcome);
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.log.warn({ url: this.settings.url, outcome, err: error }, 'Prices are unavailable');
  }

  private logBreaker(): void {
    const { url, breakerSeconds } = this.settings;
    this.breaker.onBreak(() => this.log.warn({ url, breakerSeconds }, 'Prices: the circuit breaker is open'));
    this.breaker.onReset(() => {
      this.hasFailed = false;
      this.log.warn({ url }, 'Prices: the circuit breaker is closed again');
    });
  }

  private count(outcome: Outcome): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof TaskCancelledError) return 'timeout';
  if (error instanceof BrokenCircuitError) return 'breaker_open';
  return error instanceof BulkheadRejectedError ? 'bulkhead_full' : 'failed';
}

/** Passes on only the prices that were requested and are numbers. */
function numbersOnly(body: unknown, ids: readonly number[]): Prices {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('prices must be an object');
  const prices = body as Record<string, unknown>;
  return Object.fromEntries(ids.filter((id) => Number.isFinite(prices[id])).map((id) => [id, prices[id] as number]));
}
