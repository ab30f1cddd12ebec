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
  private lastTick = performance.now();
  private windowStart = this.lastTick;
  private lateInWindow = 0;
  private ticksInWindow = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly limits: OverloadLimits) {
    this.timer = setInterval(() => this.tick(performance.now()), RESOLUTION_MILLISECONDS).unref();
  }

  /** Whether one more request may begin. */
  mayEnter(): boolean {
    const { concurrency, eventLoopDelayMilliseconds } = this.limits;
    // the turn that goes on counts too, so that none grows much longer than the limit.
    const turn = performance.now() - this.lastTick - RESOLUTION_MILLISECONDS;
    const late = Math.max(turn, this.delayMilliseconds) > eventLoopDelayMilliseconds;
    if (this.waiting < concurrency && !late) return true;
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

  /** A turn that is longer than a window is a window of its own: a histogram that is reset in between would not see it. */
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
