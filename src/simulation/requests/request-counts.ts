import { shareAbove } from '../../math/statistics';
import type { ClientMeasurements } from '../../run/client';
import { type FailureKind, NO_FAILURES } from '../../run/failures';
import type { LatencyBandSeconds } from '../queueing/latency';
import { LatencySums, latencyAtShare } from './latency-sums';
import { ResponseTimeSums } from './response-time-sums';
import { Responses } from './responses';

/** If at most this share of the requests that ended in a step got a response, the step counts as an outage. */
const OUTAGE_SHARE = 0.05;

/** The latency model has been compared with simulated requests up to the 99th percentile: what it says of the slowest few is not counted. */
const MIN_LATE_SHARE = 0.001;

/** Counts the requests of the simulated client, and their results. */
export class RequestCounts {
  /** Requests that were sent to a task, since the start. */
  public sentToTasks = 0;
  /** Responses of tasks, since the start. */
  public served = 0;
  /** The response times at the load balancer, since the start. */
  public readonly responseSeconds: ResponseTimeSums;
  /** How long requests wait in the client before it sends them, on average over those whose responses are counted next. */
  public waitInClientSeconds = 0;
  /** Requests that have failed, since the start. */
  public failed = 0;
  private sent = 0;
  private servedAtLastTake = 0;
  private failures: Record<FailureKind, number> = { ...NO_FAILURES };
  private servedAtLastStep = 0;
  private failedAtLastStep = 0;
  private seconds = 0;
  private outageSeconds = 0;
  private readonly latencySums: LatencySums;
  /** The responses of one group. The object is reused. */
  private readonly responsesOfGroup = new Responses();

  /**
   * @param baseLatencySeconds the part of the latency that is in the network of the client.
   * @param idleTimeoutSeconds the time after which a request without a response gets a 504.
   */
  public constructor(
    public readonly baseLatencySeconds: number,
    public readonly idleTimeoutSeconds: number,
  ) {
    this.latencySums = new LatencySums(baseLatencySeconds, idleTimeoutSeconds);
    this.responseSeconds = new ResponseTimeSums(baseLatencySeconds, idleTimeoutSeconds);
  }

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

  /** Counts responses of a group of tasks. Each waited for `waitSeconds` besides its latency. */
  public countServed(count: number, latency: LatencyBandSeconds, waitSeconds: number): void {
    const { responsesOfGroup } = this;
    responsesOfGroup.clear();
    responsesOfGroup.add(count, waitSeconds, 1);
    this.countResponses(responsesOfGroup, latency);
  }

  /** Counts responses of several groups of tasks, in their order. */
  public countResponses(responses: Responses, latency: LatencyBandSeconds): void {
    const { counts, length } = responses;
    let { served } = this;
    for (let index = 0; index < length; index++) if (counts[index]! > 0) served += counts[index]!;
    this.served = served;
    this.latencySums.add(responses, latency, this.waitInClientSeconds);
    this.responseSeconds.add(responses, latency);
  }

  /**
   * The share of the responses that come after the idle timeout, if they have this latency and wait this much longer; 0 if that would be
   * fewer than one in a thousand. `steadyShare` is that of `Responses`.
   */
  public lateShare(latency: LatencyBandSeconds, waitSeconds: number, steadyShare = 1): number {
    const p95 = this.secondsAtLoadBalancer(latency.p95, waitSeconds, steadyShare);
    const p99 = this.secondsAtLoadBalancer(latency.p99, waitSeconds, steadyShare);
    // most responses come long before the timeout: this product is above the latency of one in a thousand, and takes no logarithm.
    if (p99 * p99 * p99 <= this.idleTimeoutSeconds * p95 * p95) return 0;
    const share = shareAbove({ p50: this.secondsAtLoadBalancer(latency.p50, waitSeconds, steadyShare), p95, p99 }, this.idleTimeoutSeconds);
    return share < MIN_LATE_SHARE ? 0 : share;
  }

  /** Whether none of the responses comes after the idle timeout, whatever the share of the steady number that is in flight. */
  public isNoneLate({ p95, p99 }: LatencyBandSeconds, waitSeconds: number): boolean {
    const p95Seconds = p95 + waitSeconds - this.baseLatencySeconds;
    const p99Seconds = p99 + waitSeconds - this.baseLatencySeconds;
    // the condition of `lateShare`, with a margin for rounding: both sides shrink with the share, the left one more.
    return 2 * p99Seconds * p99Seconds * p99Seconds <= this.idleTimeoutSeconds * p95Seconds * p95Seconds;
  }

  public countFailed(kind: FailureKind, count: number): void {
    if (count === 0) return;
    this.failures[kind] += count;
    this.failed += count;
  }

  /** Ends a step of this length. `isInFlight` says whether requests are in flight at its end. */
  public endStep(seconds: number, isInFlight: () => boolean): void {
    const servedInStep = this.served - this.servedAtLastStep;
    const failedInStep = this.failed - this.failedAtLastStep;
    this.servedAtLastStep = this.served;
    this.failedAtLastStep = this.failed;
    this.seconds += seconds;
    if (servedInStep <= OUTAGE_SHARE * (servedInStep + failedInStep) && (failedInStep > 0 || isInFlight())) this.outageSeconds += seconds;
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
    this.latencySums.clear();
    return reading;
  }

  private secondsAtLoadBalancer(seconds: number, waitSeconds: number, steadyShare: number): number {
    return latencyAtShare(seconds, this.baseLatencySeconds, steadyShare) + waitSeconds - this.baseLatencySeconds;
  }
}
