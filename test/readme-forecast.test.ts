import { App, Duration, Stack } from 'aws-cdk-lib';
import { Fault, ScalableStatelessService, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { expect, test } from 'vitest';

test('the evening rush is served', () => {
  const stack = new Stack(new App(), 'Shop');
  const search = new ScalableStatelessService(stack, 'Search', { targetCpuUtilizationPercent: 70, requestsPerSecondPerTask: 1500 });
  const { band } = search.forecast({
    traffic: Traffic.users(30)
      .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
      .hold(Duration.minutes(30)),
    workload: Workload.of({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
    faults: [Fault.stopTask({ at: Duration.minutes(20) })],
  });
  expect(band.maxTasks.median).toBe(3);
  expect(band.failedRequests.high).toBe(0); // over 100 seeds
  expect(band.secondsOverTarget.max).toBeLessThan(600); // with CPU or requests over target
});
