import type { OwnStatus } from './own-answer';
import { type ResponseTimeCounters, ResponseTimes } from './response-times';

/** The answers counted under the names of the load balancer's own metrics. */
export type AnswerMetric = `HTTPCode_ELB_${'4XX' | 502 | 503 | 504}_Count` | `HTTPCode_Target_${2 | 3 | 4 | 5}XX_Count`;

/** What a load balancer has counted since its start. */
export interface LoadBalancerCounters extends Readonly<Record<AnswerMetric, number>>, ResponseTimeCounters {
  /** Seconds of the wall clock. */
  readonly seconds: number;
  /** Requests that were sent to a target. */
  readonly requests: number;
  /** Seconds of the wall clock times healthy targets. */
  readonly healthyTargetSeconds: number;
  /** Seconds of the wall clock times targets, healthy or not. */
  readonly registeredTargetSeconds: number;
}

/** The targets that a load balancer has. */
interface TargetCounts {
  readonly healthy: number;
  readonly registered: number;
}

/** Counts what a load balancer does. */
export class LoadBalancerCount {
  private requests = 0;
  private targets: TargetCounts = { healthy: 0, registered: 0 };
  private seconds = 0;
  private healthyTargetSeconds = 0;
  private registeredTargetSeconds = 0;
  private sinceMillis = performance.now();
  private readonly responseTimes = new ResponseTimes();
  private readonly answers: Record<AnswerMetric, number> = {
    HTTPCode_ELB_4XX_Count: 0,
    HTTPCode_ELB_502_Count: 0,
    HTTPCode_ELB_503_Count: 0,
    HTTPCode_ELB_504_Count: 0,
    HTTPCode_Target_2XX_Count: 0,
    HTTPCode_Target_3XX_Count: 0,
    HTTPCode_Target_4XX_Count: 0,
    HTTPCode_Target_5XX_Count: 0,
  };

  public request(): void {
    this.requests += 1;
  }

  /** An answer of a target began after so many seconds. */
  public responseTime(seconds: number): void {
    this.responseTimes.add(seconds);
  }

  /** An answer of a target. */
  public targetAnswer(statusCode: number): void {
    this.answers[`HTTPCode_Target_${Math.floor(statusCode / 100)}XX_Count` as AnswerMetric] += 1;
  }

  /** An answer of the load balancer itself. */
  public ownAnswer(statusCode: OwnStatus): void {
    if (statusCode === 502 || statusCode === 503 || statusCode === 504) this.answers[`HTTPCode_ELB_${statusCode}_Count`] += 1;
    else this.answers.HTTPCode_ELB_4XX_Count += 1;
  }

  /** A client closed its connection before it was answered, which an Application Load Balancer writes down as status 460. */
  public clientGone(): void {
    this.answers.HTTPCode_ELB_4XX_Count += 1;
  }

  /** From now on there are so many targets. */
  public setTargets(counts: TargetCounts): void {
    this.addUp();
    this.targets = counts;
  }

  /** What has been counted up to this moment. */
  public read(): LoadBalancerCounters {
    this.addUp();
    const { seconds, requests, healthyTargetSeconds, registeredTargetSeconds } = this;
    return { seconds, requests, healthyTargetSeconds, registeredTargetSeconds, ...this.responseTimes.read(), ...this.answers };
  }

  private addUp(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.sinceMillis) / 1000;
    this.seconds += seconds;
    this.healthyTargetSeconds += this.targets.healthy * seconds;
    this.registeredTargetSeconds += this.targets.registered * seconds;
    this.sinceMillis = nowMillis;
  }
}
