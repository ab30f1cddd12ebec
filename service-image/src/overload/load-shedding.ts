import { type MetricSource, metric } from '../observability/metrics.js';

/** Beyond either of these the service rejects searches instead of responding late. */
export interface OverloadLimits {
  readonly concurrency: number;
  readonly eventLoopDelayMilliseconds: number;
}

const WINDOW_MILLISECONDS = 1000;
const RESOLUTION_MILLISECONDS = 20;

/** `Retry-After`: when a rejected client should retry. */
export const RETRY_AFTER_SECONDS = 1;

/**
 * Load shedding: rejects searches while the service is overloaded.
 *
 * A request that waits longer than its client does is wasted work; if it is rejected at once, it can be retried on another task.
 */
export class LoadShedding implements MetricSource {
  private waiting = 0;
  private rejected = 0;
  private delayMilliseconds = 0;
  private lastTick = performance.now();
  private windowStart = this.lastTick;
  private lateInWindow = 0;
  private ticksInWindow = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly limits: OverloadLimits) {
    this.timer = setInterval(() => this.tick(performance.now()), RESOLUTION_MILLISECONDS).unref();
  }

  /** Whether one more search may begin; counts it as rejected if not. */
  mayEnter(): boolean {
    if (!this.isOverloaded) return true;
    this.rejected++;
    return false;
  }

  /** Whether no more search may begin. */
  get isOverloaded(): boolean {
    const { concurrency, eventLoopDelayMilliseconds } = this.limits;
    // the current turn of the event loop counts too, so that none grows much longer than the limit.
    const turn = performance.now() - this.lastTick - RESOLUTION_MILLISECONDS;
    return this.waiting >= concurrency || Math.max(turn, this.delayMilliseconds) > eventLoopDelayMilliseconds;
  }

  /** Counts a request as waiting until the work is done. Work that never waits blocks the event loop, so it is never concurrent. */
  async during<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    this.waiting++;
    try {
      return await work();
    } finally {
      this.waiting--;
    }
  }

  /** Sets the delay of the event loop in the current window. */
  noteDelay(milliseconds: number): void {
    this.delayMilliseconds = milliseconds;
  }

  close(): void {
    clearInterval(this.timer);
  }

  lines(): string[] {
    return [
      ...metric('http_requests_waiting', 'gauge', 'Searches that wait for something else.', this.waiting),
      ...metric('http_requests_rejected_total', 'counter', 'Searches rejected because of overload.', this.rejected),
      ...metric(
        'nodejs_eventloop_delay_seconds',
        'gauge',
        'Mean delay of the event loop in the last second.',
        this.delayMilliseconds / 1000,
      ),
    ];
  }

  /** A turn that is longer than a window counts as a window: a histogram that is reset meanwhile would miss it. */
  private tick(now: number): void {
    this.lateInWindow += Math.max(0, now - this.lastTick - RESOLUTION_MILLISECONDS);
    this.ticksInWindow++;
    this.lastTick = now;
    if (now - this.windowStart < WINDOW_MILLISECONDS) return;
    this.noteDelay(this.lateInWindow / this.ticksInWindow);
    this.windowStart = now;
    this.lateInWindow = 0;
    this.ticksInWindow = 0;
  }
}
