import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { ClientReading } from '../../scenario/client';
import { type FailureKind, NO_FAILURES } from '../../scenario/failures';
import type { LatencyBand } from '../latency';

const IDLE_TIMEOUT_SECONDS = AWS_DEFAULTS.idleTimeoutSeconds;

/** Where no more than one request in twenty is answered, the service is out for its users. */
const OUTAGE_SHARE = 0.05;

/** Sums of latencies, each weighted by its requests. */
type LatencySums = Record<keyof LatencyBand, number>;

/** Counts how the requests of a modelled client fare. */
export class RequestCounts {
  /** Requests that were sent to a task, since the start. */
  public toTasks = 0;
  /** Requests that tasks have answered, since the start. */
  public served = 0;
  /** Since the start, without the way between client and load balancer. */
  public readonly responses = { mean: 0, p50: 0, p95: 0 };
  /** Requests that have failed, since the start. */
  public failed = 0;
  private sent = 0;
  private servedBefore = 0;
  private failures: Record<FailureKind, number> = { ...NO_FAILURES };
  private servedAtPass = 0;
  private failedAtPass = 0;
  private seconds = 0;
  private outageSeconds = 0;
  private latency: LatencySums = noLatency();

  public constructor(public readonly baseLatencySeconds: number) {}

  /** Adds requests that are sent to a task. */
  public send(count: number): void {
    this.sent += count;
    this.toTasks += count;
  }

  /** Adds requests that fail as they come, as there is no task to send them to. */
  public turnAway(count: number): void {
    this.sent += count;
    this.fail('HTTP 503', count);
  }

  /** Adds answers, which waited so long on top of the latency they have. */
  public serve(count: number, latency: LatencyBand, waitSeconds: number): void {
    if (count <= 0) return;
    this.served += count;
    const atBalancer = waitSeconds - this.baseLatencySeconds;
    // what takes longer is not answered any more.
    this.latency.mean += count * Math.min(IDLE_TIMEOUT_SECONDS, latency.mean + waitSeconds);
    this.latency.p50 += count * Math.min(IDLE_TIMEOUT_SECONDS, latency.p50 + waitSeconds);
    this.latency.p95 += count * Math.min(IDLE_TIMEOUT_SECONDS, latency.p95 + waitSeconds);
    this.latency.p95Low += count * Math.min(IDLE_TIMEOUT_SECONDS, latency.p95Low + waitSeconds);
    this.latency.p95High += count * Math.min(IDLE_TIMEOUT_SECONDS, latency.p95High + waitSeconds);
    this.responses.mean += count * Math.max(0, latency.mean + atBalancer);
    this.responses.p50 += count * Math.max(0, latency.p50 + atBalancer);
    this.responses.p95 += count * Math.max(0, latency.p95 + atBalancer);
  }

  public fail(kind: FailureKind, count: number): void {
    this.failures[kind] += count;
    this.failed += count;
  }

  /** Adds a stretch of time, in which all was counted since the last one, and at the end of which so many requests wait. */
  public pass(seconds: number, inFlight: number): void {
    const answered = this.served - this.servedAtPass;
    const lost = this.failed - this.failedAtPass;
    this.servedAtPass = this.served;
    this.failedAtPass = this.failed;
    this.seconds += seconds;
    if (answered <= OUTAGE_SHARE * (answered + lost) && lost + inFlight > 0) this.outageSeconds += seconds;
  }

  /** What was counted since this was last called. */
  public take(): Omit<ClientReading, 'users' | 'inFlightRequests'> {
    const served = this.served - this.servedBefore;
    const { mean, p50, p95, p95Low, p95High } = this.latency;
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
    };
    this.sent = 0;
    this.servedBefore = this.served;
    this.failures = { ...NO_FAILURES };
    this.seconds = 0;
    this.outageSeconds = 0;
    this.latency = noLatency();
    return reading;
  }
}

function noLatency(): LatencySums {
  return { mean: 0, p50: 0, p95: 0, p95Low: 0, p95High: 0 };
}
