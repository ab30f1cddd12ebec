import { App, Duration, Stack } from 'aws-cdk-lib';
import { Fault, ScalableStatelessService, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { expect, test } from 'vitest';

test('the evening rush is served', () => {
  const stack = new Stack(new App(), 'Shop');
  const search = new ScalableStatelessService(stack, 'Search', { targetCpuUtilizationPercent: 70, requestsPerSecondPerTask: 1500 });
  const outcome = search.forecast({
    traffic: Traffic.users(30)
      .then(Traffic.rampUsers(120, Duration.minutes(5)))
      .hold(Duration.minutes(30)),
    workload: Workload.measured({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
    faults: [Fault.stopTask({ at: Duration.minutes(20) })],
  });
  expect(outcome.maxTasks).toBe(3);
  expect(outcome.band.failedRequests.high).toBe(0); // whenever AWS looks, in 95 of 100 runs
  expect(outcome.secondsOverTarget).toBeLessThan(600);
});
