import { Duration } from 'aws-cdk-lib';
import { Plan, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { plan } from './plan';

// assumed: `measure --template template.json --command "node server.js"` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(4), baseLatency: Duration.millis(20) });
const traffic = Traffic.requestsPerSecond(80, Duration.minutes(10))
  .followedBy(Traffic.rampRequestsPerSecond(400, Duration.minutes(15)))
  .hold(Duration.minutes(15));
const options = { workload, traffic, seeds: 20 };

describe('the service of the template', () => {
  test('is read without anything being ignored', () => {
    expect(plan.ignored).toEqual([]);
  });

  test('collapses in a busy quarter of an hour: at a CPU target of 80 % tasks come too late', async () => {
    const outcome = plan.forecast(options);
    expect(outcome.band.failedRequests.median).toBeGreaterThan(100);
    expect(Math.min(...outcome.timeline.map(({ healthyCount }) => healthyCount))).toBe(0);
    await expect(outcome.toSvg('A CPU target of 80 %')).toMatchFileSnapshot('forecast.svg');
  });

  test('serves every request at a target of 40 %', () => {
    const { plans } = Plan.compare({ today: plan, tomorrow: plan.withChanges({ targetCpuUtilizationPercent: 40 }) }, options);
    expect(plans['tomorrow']!.band.failedRequests.high).toBe(0);
    expect(plans['tomorrow']!.p95Millis!.median).toBeLessThan(plans['today']!.p95Millis!.median / 10);
  });
});
