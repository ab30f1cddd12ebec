import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { type MetricSource, metric } from '../observability/metrics.js';

/** Beyond either of these the service refuses rather than answers late. */
export interface OverloadLimits {
  readonly concurrency: number;
  readonly eventLoopDelayMilliseconds: number;
}

const WINDOW_MILLISECONDS = 1000;
const RESOLUTION_MILLISECONDS = 20;

/** How soon a refused client should come again. */
export const RETRY_AFTER_SECONDS = 1;

/**
 * Tells when the service has more to do than it can.
 *
 * A request that waits longer than its client is work for nobody; refused at once, it can be sent to another task.
 */
export class LoadShedding implements MetricSource {
  private waiting = 0;
  private refused = 0;
  private delayMilliseconds = 0;
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS });
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly limits: OverloadLimits) {
    this.delays.enable();
    this.timer = setInterval(() => this.finishWindow(), WINDOW_MILLISECONDS).unref();
  }

  /** Whether one more request may begin. */
  mayEnter(): boolean {
    const { concurrency, eventLoopDelayMilliseconds } = this.limits;
    if (this.waiting < concurrency && this.delayMilliseconds <= eventLoopDelayMilliseconds) return true;
    this.refused++;
    return false;
  }

  /** Counts a request as one that waits until the work is done. What never waits is never more than one at a time. */
  async during<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    this.waiting++;
    try {
      return await work();
    } finally {
      this.waiting--;
    }
  }

  /** Takes a delay of the event loop as that of the present window. */
  noteDelay(milliseconds: number): void {
    this.delayMilliseconds = milliseconds;
  }

  close(): void {
    clearInterval(this.timer);
    this.delays.disable();
  }

  lines(): string[] {
    return [
      ...metric('http_requests_waiting', 'gauge', 'Searches that wait for something else.', this.waiting),
      ...metric('http_requests_refused_total', 'counter', 'Searches refused because of overload.', this.refused),
      ...metric(
        'nodejs_eventloop_delay_seconds',
        'gauge',
        'How late the event loop was on average, lately.',
        this.delayMilliseconds / 1000,
      ),
    ];
  }

  private finishWindow(): void {
    // the histogram counts the time between two turns, and that is the resolution when nothing is late.
    this.noteDelay(Math.max(0, (this.delays.mean || 0) / 1e6 - RESOLUTION_MILLISECONDS));
    this.delays.reset();
  }
}
