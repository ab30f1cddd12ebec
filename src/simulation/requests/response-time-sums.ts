import type { LatencyBandSeconds } from '../queueing/latency';
import type { Responses } from './responses';

/** Sums of the response times at the load balancer, each weighted by its responses, since the start. */
export class ResponseTimeSums {
  public mean = 0;
  public p50 = 0;
  public p95 = 0;
  public p99 = 0;

  /**
   * @param baseSeconds the part of the latency that the load balancer does not see, because it is in the network of the client.
   * @param limitSeconds the idle timeout, after which there is no response.
   */
  public constructor(
    private readonly baseSeconds: number,
    private readonly limitSeconds: number,
  ) {}

  /** Adds responses with a latency, in their order: the last digit of a sum depends on it. */
  public add(responses: Responses, latency: LatencyBandSeconds): void {
    const { baseSeconds: base, limitSeconds: limit } = this;
    const { length, counts, waitSeconds, steadyShares } = responses;
    const { mean, p50, p95, p99 } = latency;
    // the sums are local in the loop, which is most of the time of a large overload.
    let { mean: sumOfMeans, p50: sumOfP50, p95: sumOfP95, p99: sumOfP99 } = this;
    for (let index = 0; index < length; index++) {
      const count = counts[index]!;
      const addedSeconds = waitSeconds[index]! - base;
      const share = steadyShares[index]!;
      if (count <= 0) continue;
      const origin = share < 1 ? base : 0;
      const factor = share < 1 ? share : 1;
      sumOfMeans += count * Math.min(limit, Math.max(0, origin + factor * (mean - origin) + addedSeconds));
      sumOfP50 += count * Math.min(limit, Math.max(0, origin + factor * (p50 - origin) + addedSeconds));
      sumOfP95 += count * Math.min(limit, Math.max(0, origin + factor * (p95 - origin) + addedSeconds));
      sumOfP99 += count * Math.min(limit, Math.max(0, origin + factor * (p99 - origin) + addedSeconds));
    }
    this.mean = sumOfMeans;
    this.p50 = sumOfP50;
    this.p95 = sumOfP95;
    this.p99 = sumOfP99;
  }
}
