import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { OfficeHours } from './office-hours';

const stack = new OfficeHours(new App(), 'OfficeHours');
const { intranet } = stack;

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });
// all users open the intranet at eight o'clock.
const traffic = Traffic.requestsPerSecond(20, Duration.minutes(30))
  .followedBy(Traffic.rampRequestsPerSecond(480, Duration.minutes(2)))
  .hold(Duration.minutes(28));
const onDay = (startsAt: string) => ({ workload, traffic, startsAt, seeds: 20 });

describe('the intranet', () => {
  test('has its tasks before the users arrive', async () => {
    const monday = intranet.forecast(onDay('2026-11-23T07:30'));
    expect(monday.band.maxTasks.high).toBe(6);
    expect(monday.band.failedRequests.high).toBe(0);
    await expect(monday.toSvg('Monday morning, from 07:30')).toMatchFileSnapshot('forecast.svg');
  });

  test('would fail requests without the schedule, as on a Sunday', () => {
    expect(intranet.forecast(onDay('2026-11-22T07:30')).failedRequests).toBeGreaterThan(1000);
  });

  test('has the same tasks where AWS predicts the minimum', () => {
    const predictedMinimums = [{ at: Duration.minutes(15), minCapacity: 6 }];
    expect(intranet.forecast({ ...onDay('2026-11-22T07:30'), predictedMinimums }).band.failedRequests.high).toBe(0);
  });

  test('has a predictive policy that changes nothing yet', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PredictiveScalingPolicyConfiguration: { Mode: 'ForecastOnly' },
    });
  });
});
