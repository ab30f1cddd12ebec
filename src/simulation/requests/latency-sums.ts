import type { LatencyBandSeconds } from '../queueing/latency';
import type { Responses } from './responses';

/** Sums of latencies at the client, each weighted by its responses, since the last call of `clear`. */
export class LatencySums {
  public mean = 0;
  public p50 = 0;
  public p95 = 0;
  public p95Low = 0;
  public p95High = 0;
  public p99 = 0;
  public p99Low = 0;
  public p99High = 0;

  /**
   * @param baseSeconds the part of the latency that is in the network of the client.
   * @param limitSeconds the idle timeout, after which there is no response.
   */
  public constructor(
    private readonly baseSeconds: number,
    private readonly limitSeconds: number,
  ) {}

  /**
   * Adds responses with a latency, in their order: the last digit of a sum depends on it.
   *
   * @param waitInClientSeconds how much longer than at the load balancer they take.
   */
  public add(responses: Responses, latency: LatencyBandSeconds, waitInClientSeconds: number): void {
    const { baseSeconds: base, limitSeconds: limit } = this;
    const { length, counts, waitSeconds, steadyShares } = responses;
    const { mean, p50, p95, p95Low, p95High, p99, p99Low, p99High } = latency;
    // the sums are local in the loop, which is most of the time of a large overload.
    let { mean: sumOfMeans, p50: sumOfP50, p95: sumOfP95, p95Low: sumOfP95Low, p95High: sumOfP95High } = this;
    let { p99: sumOfP99, p99Low: sumOfP99Low, p99High: sumOfP99High } = this;
    for (let index = 0; index < length; index++) {
      const count = counts[index]!;
      const wait = waitSeconds[index]! + waitInClientSeconds;
      const share = steadyShares[index]!;
      if (count <= 0) continue;
      // a latency is `origin + factor × (latency - origin)`; without calls, which the loop is too long to have inlined.
      const origin = share < 1 ? base : 0;
      const factor = share < 1 ? share : 1;
      sumOfMeans += count * Math.min(limit, origin + factor * (mean - origin) + wait);
      sumOfP50 += count * Math.min(limit, origin + factor * (p50 - origin) + wait);
      sumOfP95 += count * Math.min(limit, origin + factor * (p95 - origin) + wait);
      sumOfP99 += count * Math.min(limit, origin + factor * (p99 - origin) + wait);
      sumOfP95Low += count * Math.min(limit, origin + factor * (p95Low - origin) + wait);
      sumOfP95High += count * Math.min(limit, origin + factor * (p95High - origin) + wait);
      sumOfP99Low += count * Math.min(limit, origin + factor * (p99Low - origin) + wait);
      sumOfP99High += count * Math.min(limit, origin + factor * (p99High - origin) + wait);
    }
    this.mean = sumOfMeans;
    this.p50 = sumOfP50;
    this.p95 = sumOfP95;
    this.p95Low = sumOfP95Low;
    this.p95High = sumOfP95High;
    this.p99 = sumOfP99;
    this.p99Low = sumOfP99Low;
    this.p99High = sumOfP99High;
  }

  public clear(): void {
    this.mean = 0;
    this.p50 = 0;
    this.p95 = 0;
    this.p95Low = 0;
    this.p95High = 0;
    this.p99 = 0;
    this.p99Low = 0;
    this.p99High = 0;
  }
}

/** A latency where only a share of the steady number of requests is in flight: it is as much shorter, except for its base. */
export function latencyAtShare(steadySeconds: number, baseSeconds: number, steadyShare: number): number {
  return steadyShare < 1 ? baseSeconds + steadyShare * (steadySeconds - baseSeconds) : steadySeconds;
}
