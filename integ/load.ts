import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LoadTest, LoadTestEngine, type ScalableStatelessService, Traffic } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** How many times shorter the load is: for an endpoint whose clock is sped up as much. AWS has the clock of 1. */
const SPEED = Number(process.env['SPEED'] ?? 1);

/** The load generator: k6, or Locust where an endpoint has no other. */
const ENGINE = process.env['LOAD_GENERATOR'] === 'locust' ? LoadTestEngine.locust() : LoadTestEngine.k6();

/** What the calls of the assertions during a load take, whatever the speed is: AWS's minutes have room for them. */
const SECONDS_OF_CALLS = SPEED === 1 ? 0 : 30;

/** Minutes of AWS's clock. */
export function minutes(count: number): Duration {
  return Duration.seconds(Math.ceil((count * 60) / SPEED) + SECONDS_OF_CALLS);
}

/** Requests per second, for some minutes of AWS's clock. */
export function requestsPerSecond(rate: number, forMinutes: number): Traffic {
  return Traffic.requestsPerSecond(rate, minutes(forMinutes));
}

/** A load test of which no request may fail. It ends by itself, and its logs are deleted with the stack. */
export function loadOf(scope: Construct, id: string, target: ScalableStatelessService, traffic: Traffic, path = '/'): LoadTest {
  return new LoadTest(scope, id, {
    target,
    engine: ENGINE,
    traffic,
    paths: [path],
    thresholds: { maxFailedPercent: 0 },
    logRemovalPolicy: RemovalPolicy.DESTROY,
    commandOutput: false,
  });
}
