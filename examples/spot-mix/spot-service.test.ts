import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fault, Plan, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { SpotService } from './spot-service';

const stack = new SpotService(new App(), 'SpotService');

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });

describe('the service on Spot', () => {
  test('has two tasks on demand before any on Spot', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [
        { CapacityProvider: 'FARGATE', Base: 2, Weight: 50 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 50 },
      ],
    });
  });

  test('costs less in a month of busy days than one on demand', () => {
    const traffic = Traffic.daily({ meanRequestsPerSecond: 500 });
    const plan = stack.search.plan();
    const { plans } = Plan.compare({ spot: plan, onDemand: plan.withChanges({ spotPercent: 0 }) }, { workload, traffic, seeds: 1 });
    const saved = plans['onDemand']!.taskDollarsPerMonth.median - plans['spot']!.taskDollarsPerMonth.median;
    expect(saved / plans['onDemand']!.taskDollarsPerMonth.median).toBeGreaterThan(0.2);
  });

  test('keeps serving when AWS interrupts all four Spot tasks at once', async () => {
    const traffic = Traffic.requestsPerSecond(100)
      .followedBy(Traffic.rampRequestsPerSecond(600, Duration.minutes(30)))
      .hold(Duration.minutes(30));
    const faults = [Fault.stopTask({ at: Duration.minutes(45), count: 4 })];
    const outcome = stack.search.forecast({ workload, traffic, faults, seeds: 20 });
    expect(outcome.band.outageSeconds.high).toBe(0);
    expect(outcome.band.failedRequests.high).toBeLessThan(outcome.totals.requests / 100_000);
    await expect(outcome.toSvg('All four Spot tasks are taken away at 45:00')).toMatchFileSnapshot('forecast.svg');
  });
});
