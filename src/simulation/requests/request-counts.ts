import { shareAbove } from '../../math/statistics';
import type { ClientMeasurements } from '../../run/client';
import { type FailureKind, NO_FAILURES } from '../../run/failures';
import type { LatencyBandSeconds } from '../queueing/latency';

/** If at most this share of the requests that ended in a step got a response, the step counts as an outage. */
const OUTAGE_SHARE = 0.05;

/** The latency model has been compared with simulated requests up to the 99th percentile: what it says of the slowest few is not counted. */
const MIN_LATE_SHARE = 0.001;

/** Sums of latencies, each weighted by its requests. */
type LatencySums = Record<keyof LatencyBandSeconds, number>;

/** Counts the requests of the simulated client, and their results. */
export class RequestCounts {
  /** Requests that were sent to a task, since the start. */
  public sentToTasks = 0;
  /** Responses of tasks, since the start. */
  public served = 0;
  /** Sums of the response times at the load balancer, since the start. */
  public readonly responseSeconds = { mean: 0, p50: 0, p95: 0, p99: 0 };
  /** Requests that have failed, since the start. */
  public failed = 0;
  private sent = 0;
  private servedAtLastTake = 0;
  private failures: Record<FailureKind, number> = { ...NO_FAILURES };
  private servedAtLastStep = 0;
  private failedAtLastStep = 0;
  private seconds = 0;
  private outageSeconds = 0;
  private latencySums: LatencySums = noLatency();

  /**
   * @param baseLatencySeconds the part of the latency that is in the network of the client.
   * @param idleTimeoutSeconds the time after which a request without a response gets a 504.
   */
  public constructor(
    public readonly baseLatencySeconds: number,
    public readonly idleTimeoutSeconds: number,
  ) {}

  /** Counts requests that are sent to a task. */
  public countSent(count: number): void {
    this.sent += count;
    this.sentToTasks += count;
  }

  /** Counts requests that fail at once, because there is no target. */
  public countRejected(count: number): void {
    this.sent += count;
    this.countFailed('HTTP 503', count);
  }

  /** Counts requests whose connection is refused, because nothing listens on the port of the task. */
  public countRefused(count: number): void {
    this.countSent(count);
    this.countFailed('HTTP 502', count);
  }

  /**
   * Counts responses. Each waited for `waitSeconds` besides its latency.
   *
   * @param steadyShare the share of the steady number that is in flight: the latency is as much shorter, except for its base.
   */
  public countServed(count: number, latency: LatencyBandSeconds, waitSeconds: number, steadyShare = 1): void {
    if (count <= 0) return;
    this.served += count;
    const mean = this.latencyBelowSteady(latency.mean, steadyShare);
    const p50 = this.latencyBelowSteady(latency.p50, steadyShare);
    const p95 = this.latencyBelowSteady(latency.p95, steadyShare);
    const p99 = this.latencyBelowSteady(latency.p99, steadyShare);
    // the load balancer does not see the base latency, which is in the network of the client.
    const addedAtLoadBalancerSeconds = waitSeconds - this.baseLatencySeconds;
    const { idleTimeoutSeconds } = this;
    // after the idle timeout there is no response.
    const { latencySums, responseSeconds } = this;
    latencySums.mean += count * Math.min(idleTimeoutSeconds, mean + waitSeconds);
    latencySums.p50 += count * Math.min(idleTimeoutSeconds, p50 + waitSeconds);
    latencySums.p95 += count * Math.min(idleTimeoutSeconds, p95 + waitSeconds);
    latencySums.p99 += count * Math.min(idleTimeoutSeconds, p99 + waitSeconds);
    latencySums.p95Low += count * Math.min(idleTimeoutSeconds, this.latencyBelowSteady(latency.p95Low, steadyShare) + waitSeconds);
    latencySums.p95High += count * Math.min(idleTimeoutSeconds, this.latencyBelowSteady(latency.p95High, steadyShare) + waitSeconds);
    latencySums.p99Low += count * Math.min(idleTimeoutSeconds, this.latencyBelowSteady(latency.p99Low, steadyShare) + waitSeconds);
    latencySums.p99High += count * Math.min(idleTimeoutSeconds, this.latencyBelowSteady(latency.p99High, steadyShare) + waitSeconds);
    responseSeconds.mean += count * Math.min(idleTimeoutSeconds, Math.max(0, mean + addedAtLoadBalancerSeconds));
    responseSeconds.p50 += count * Math.min(idleTimeoutSeconds, Math.max(0, p50 + addedAtLoadBalancerSeconds));
    responseSeconds.p95 += count * Math.min(idleTimeoutSeconds, Math.max(0, p95 + addedAtLoadBalancerSeconds));
    responseSeconds.p99 += count * Math.min(idleTimeoutSeconds, Math.max(0, p99 + addedAtLoadBalancerSeconds));
  }

  /**
   * The share of the responses that come after the idle timeout, if they have this latency and wait this much longer; 0 if that would be
   * fewer than one in a thousand. `steadyShare` is that of `countServed`.
   */
  public lateShare(latency: LatencyBandSeconds, waitSeconds: number, steadyShare = 1): number {
    const p95 = this.secondsAtLoadBalancer(latency.p95, waitSeconds, steadyShare);
    const p99 = this.secondsAtLoadBalancer(latency.p99, waitSeconds, steadyShare);
    // most responses come long before the timeout: this product is above the latency of one in a thousand, and takes no logarithm.
    if (p99 * p99 * p99 <= this.idleTimeoutSeconds * p95 * p95) return 0;
    const share = shareAbove({ p50: this.secondsAtLoadBalancer(latency.p50, waitSeconds, steadyShare), p95, p99 }, this.idleTimeoutSeconds);
    return share < MIN_LATE_SHARE ? 0 : share;
  }

  public countFailed(kind: FailureKind, count: number): void {
    if (count === 0) return;
    this.failures[kind] += count;
    this.failed += count;
  }

  /** Ends a step of this length, with the number of requests in flight at its end. */
  public endStep(seconds: number, inFlightRequests: number): void {
    const servedInStep = this.served - this.servedAtLastStep;
    const failedInStep = this.failed - this.failedAtLastStep;
    this.servedAtLastStep = this.served;
    this.failedAtLastStep = this.failed;
    this.seconds += seconds;
    if (servedInStep <= OUTAGE_SHARE * (servedInStep + failedInStep) && failedInStep + inFlightRequests > 0) this.outageSeconds += seconds;
  }

  /** What was counted since the last call. */
  public take(): Omit<ClientMeasurements, 'users' | 'inFlightRequests'> {
    const served = this.served - this.servedAtLastTake;
    const { mean, p50, p95, p95Low, p95High, p99, p99Low, p99High } = this.latencySums;
    const millis = (sum: number): number | undefined => (served > 0 ? (1000 * sum) / served : undefined);
    const reading = {
      requests: this.sent,
      servedRequests: served,
      failures: this.failures,
      seconds: this.seconds,
      outageSeconds: this.outageSeconds,
      latencySeconds: mean,
      p50Millis: millis(p50),
      p95Millis: millis(p95),
      p95LowMillis: millis(p95Low),
      p95HighMillis: millis(p95High),
      p99Millis: millis(p99),
      p99LowMillis: millis(p99Low),
      p99HighMillis: millis(p99High),
    };
    this.sent = 0;
    this.servedAtLastTake = this.served;
    this.failures = { ...NO_FAILURES };
    this.seconds = 0;
    this.outageSeconds = 0;
    this.latencySums = noLatency();
    return reading;
  }

  private secondsAtLoadBalancer(seconds: number, waitSeconds: number, steadyShare: number): number {
    return this.latencyBelowSteady(seconds, steadyShare) + waitSeconds - this.baseLatencySeconds;
  }

  private latencyBelowSteady(seconds: number, steadyShare: number): number {
    return steadyShare < 1 ? this.baseLatencySeconds + steadyShare * (seconds - this.baseLatencySeconds) : seconds;
  }
}

function noLatency(): LatencySums {
  return { mean: 0, p50: 0, p95: 0, p99: 0, p95Low: 0, p95High: 0, p99Low: 0, p99High: 0 };
}
