import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { LoadTest, LoadTestEngine, ScalableStatelessService, Traffic } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** Fifty users who come at five per second, for three minutes. Each waits 130 ms between its requests. */
export const RUSH = Traffic.fromLocust(JSON.stringify({ users: 50, spawn_rate: 5, run_time: '3m' }), Duration.millis(130));

/** The stages of a k6 script: 1,000 users in a minute, 5,000 in ten more, who sleep for a second after each request. */
export const CLIMB = Traffic.fromK6(
  JSON.stringify({
    stages: [
      { duration: '1m', target: 1000 },
      { duration: '10m', target: 5000 },
    ],
  }),
  { sleep: Duration.seconds(1) },
);

/** A search service, and two load tests of it. Nothing is sent until one of them is run. */
export class ShopUnderLoad extends Stack {
  public readonly search: ScalableStatelessService;
  public readonly rush: LoadTest;
  public readonly climb: LoadTest;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.search = new ScalableStatelessService(this, 'Search', {
      minCapacity: 2,
      maxCapacity: 6,
      requestsPerSecondPerTask: 50,
    });
    this.rush = new LoadTest(this, 'Rush', {
      target: this.search,
      engine: LoadTestEngine.locust(),
      traffic: RUSH,
      paths: ['/', '/health'],
      thresholds: { maxFailedPercent: 0.1, maxP95: Duration.millis(500) },
    });
    this.climb = new LoadTest(this, 'Climb', {
      target: this.search,
      engine: LoadTestEngine.k6(),
      traffic: CLIMB,
      requests: [{ path: '/health', expectedStatus: 200 }],
      cpu: 4096,
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
