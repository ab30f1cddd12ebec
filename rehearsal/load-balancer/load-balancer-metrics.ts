import { LATENCY_PERCENTILES, type LatencyPercentile } from '../../src/metrics/latency-percentiles';
import type { TargetCounts } from '../../src/metrics/targets-of-groups';
import type { FleetCounters } from '../../src/scaling/fleet';
import type { GeneratedStatus } from './generated-response';

/** The response counts of an Application Load Balancer, by the names of its CloudWatch metrics. */
export type ResponseMetric = `HTTPCode_ELB_${'4XX' | 502 | 503 | 504}_Count` | `HTTPCode_Target_${2 | 3 | 4 | 5}XX_Count`;

/** The counters of a load balancer since its start. */
export interface LoadBalancerCounters extends Readonly<Record<ResponseMetric, number>>, ResponseTimeCounters {
  /** Seconds of the wall clock. */
  readonly seconds: number;
  /** Requests that were sent to a target. */
  readonly requests: number;
  /** Healthy targets multiplied by seconds of the wall clock: the registered ones while none is healthy, and at least one. */
  readonly healthyTargetSeconds: number;
  /** Registered targets, healthy or not, multiplied by seconds of the wall clock; at least one. */
  readonly registeredTargetSeconds: number;
}

/** The metrics of the responses of targets: of 2xx, 3xx, 4xx and 5xx. */
const TARGET_METRICS = [
  'HTTPCode_Target_2XX_Count',
  'HTTPCode_Target_3XX_Count',
  'HTTPCode_Target_4XX_Count',
  'HTTPCode_Target_5XX_Count',
] as const;

/** Collects the metrics of a load balancer. */
export class LoadBalancerMetrics {
  private requests = 0;
  private targetCounts: TargetCounts = { healthy: 0, registered: 0 };
  private seconds = 0;
  private healthyTargetSeconds = 0;
  private registeredTargetSeconds = 0;
  private accumulatedUntilMillis = performance.now();
  private readonly responseTimes = new ResponseTimes();
  private readonly statusCounts: Record<ResponseMetric, number> = {
    HTTPCode_ELB_4XX_Count: 0,
    HTTPCode_ELB_502_Count: 0,
    HTTPCode_ELB_503_Count: 0,
    HTTPCode_ELB_504_Count: 0,
    HTTPCode_Target_2XX_Count: 0,
    HTTPCode_Target_3XX_Count: 0,
    HTTPCode_Target_4XX_Count: 0,
    HTTPCode_Target_5XX_Count: 0,
  };

  /**
   * @param total counts the requests and responses as well.
   * @default - none
   */
  public constructor(private readonly total?: LoadBalancerMetrics) {}

  public countRequest(): void {
    this.total?.countRequest();
    this.requests += 1;
  }

  /** Records the seconds until a target's response began. */
  public addResponseTime(seconds: number): void {
    this.total?.addResponseTime(seconds);
    this.responseTimes.add(seconds);
  }

  /** Counts a response of a target. A status that HTTP does not have is not counted. */
  public countTargetResponse(statusCode: number): void {
    this.total?.countTargetResponse(statusCode);
    const metric = TARGET_METRICS[Math.floor(statusCode / 100) - 2];
    if (metric !== undefined) this.statusCounts[metric] += 1;
  }

  /** Counts a response that the load balancer generated. */
  public countGeneratedResponse(statusCode: GeneratedStatus): void {
    this.total?.countGeneratedResponse(statusCode);
    if (statusCode === 502 || statusCode === 503 || statusCode === 504) this.statusCounts[`HTTPCode_ELB_${statusCode}_Count`] += 1;
    else this.statusCounts.HTTPCode_ELB_4XX_Count += 1;
  }

  /** Counts a client that closed its connection before the response, which an Application Load Balancer logs as status 460. */
  public countClientAbort(): void {
    this.total?.countClientAbort();
    this.statusCounts.HTTPCode_ELB_4XX_Count += 1;
  }

  /** Sets the number of targets from now on. */
  public setTargets(counts: TargetCounts): void {
    this.accumulate();
    this.targetCounts = counts;
  }

  /** The current counters. */
  public read(): LoadBalancerCounters {
    this.accumulate();
    const { seconds, requests, healthyTargetSeconds, registeredTargetSeconds } = this;
    return { seconds, requests, healthyTargetSeconds, registeredTargetSeconds, ...this.responseTimes.read(), ...this.statusCounts };
  }

  private accumulate(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.accumulatedUntilMillis) / 1000;
    this.seconds += seconds;
    const { healthy, registered } = this.targetCounts;
    this.healthyTargetSeconds += Math.max(1, healthy || registered) * seconds;
    this.registeredTargetSeconds += Math.max(1, registered) * seconds;
    this.accumulatedUntilMillis = nowMillis;
  }
}

/** The number of responses in a batch. Percentiles are computed for each batch, which limits the memory. */
const BATCH_SIZE = 500;

/** The response time counters that scaling on response time uses. */
export type ResponseTimeCounters = Pick<FleetCounters, 'responses' | 'responseSeconds' | `${LatencyPercentile}ResponseSeconds`>;

/** Sums of target response times: from sending the request until the response began. Percentiles are weighted with their responses. */
export class ResponseTimes {
  private readonly batch = new Float64Array(BATCH_SIZE);
  private batchSize = 0;
  private readonly totals = { responses: 0, responseSeconds: 0, p50ResponseSeconds: 0, p95ResponseSeconds: 0, p99ResponseSeconds: 0 };

  public add(seconds: number): void {
    this.batch[this.batchSize++] = seconds;
    if (this.batchSize === BATCH_SIZE) this.addUp();
  }

  /** The current counters. */
  public read(): ResponseTimeCounters {
    this.addUp();
    return { ...this.totals };
  }

  private addUp(): void {
    const count = this.batchSize;
    if (count === 0) return;
    const sorted = this.batch.subarray(0, count).sort();
    this.totals.responses += count;
    this.totals.responseSeconds += sorted.reduce((sum, seconds) => sum + seconds, 0);
    for (const { name, percent } of LATENCY_PERCENTILES) this.totals[`${name}ResponseSeconds`] += count * percentile(sorted, percent);
    this.batchSize = 0;
  }
}

/** The percentile by the nearest rank. */
function percentile(sorted: Float64Array, percent: number): number {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
}
