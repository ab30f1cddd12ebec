import type { HttpClient } from './http-client';

/** The resolution of a timer. A delay of a request by less is not part of its latency. */
const TIMER_RESOLUTION_MILLIS = 1;

/** A client that cannot keep up with the rate interrupts sending after this time, to receive responses. */
const MAX_BURST_MILLIS = 10;

/** The maximum delay of a timer. */
const MAX_TIMER_MILLIS = 1000;

/**
 * An open load: requests are sent at a steady rate, independent of the responses.
 *
 * The latency of a request counts from the time at which it was due. So a delay of the client itself is part of the latency.
 */
export class OpenLoad {
  private requestsPerSecond = 0;
  private lastDueAtMillis = performance.now();
  private pathIndex = 0;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly client: Pick<HttpClient, 'send' | 'log'>,
    private readonly paths: readonly string[],
  ) {}

  /** Sets the rate from now on. Requests that were due at the old rate and not sent are dropped. */
  public setRate(requestsPerSecond: number): void {
    if (requestsPerSecond === this.requestsPerSecond) return;
    this.sendDue();
    this.client.log.recordUnsent(this.dueCount());
    this.client.log.setDue(0);
    this.requestsPerSecond = requestsPerSecond;
    // no request is due at the new rate because of time that passed at the old one.
    this.lastDueAtMillis = Math.max(this.lastDueAtMillis, performance.now() - this.intervalMillis());
    this.scheduleNext();
  }

  private intervalMillis(): number {
    return 1000 / this.requestsPerSecond;
  }

  private dueCount(): number {
    return Math.floor((performance.now() - this.lastDueAtMillis) / this.intervalMillis());
  }

  private scheduleNext(): void {
    clearTimeout(this.timer);
    if (this.requestsPerSecond === 0) return;
    const pauseMillis = this.lastDueAtMillis + this.intervalMillis() - performance.now();
    this.timer = setTimeout(
      () => {
        this.sendDue();
        this.scheduleNext();
      },
      Math.min(MAX_TIMER_MILLIS, pauseMillis),
    );
  }

  /** Sends the requests that are due now, but not those that become due while it sends. */
  private sendDue(): void {
    const nowMillis = performance.now();
    const maxMillis = nowMillis + MAX_BURST_MILLIS;
    while (this.lastDueAtMillis + this.intervalMillis() <= nowMillis && performance.now() < maxMillis) {
      this.lastDueAtMillis += this.intervalMillis();
      this.send(this.lastDueAtMillis);
    }
    this.client.log.setDue(this.dueCount());
  }

  private send(dueAtMillis: number): void {
    const nowMillis = performance.now();
    this.client.log.recordLateness((nowMillis - dueAtMillis) / 1000);
    this.client.send({
      path: this.paths[this.pathIndex++ % this.paths.length]!,
      latencyStartMillis: Math.min(nowMillis, dueAtMillis + TIMER_RESOLUTION_MILLIS),
      onEnd: () => {},
    });
  }
}
