import { App, Duration } from 'aws-cdk-lib';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { Greeter } from './greeter';

const { greeter } = new Greeter(new App(), 'Greeter');

// what `measure` printed for service/server.js; a core of AWS may be slower or faster.
const workload = Workload.of({ cpuPerRequest: Duration.millis(0.96), baseLatency: Duration.millis(9) });

describe('the greeter', () => {
  test('serves a news site that links to it', async () => {
    const traffic = Traffic.requestsPerSecond(100, Duration.minutes(10))
      .followedBy(Traffic.rampRequestsPerSecond(500, Duration.minutes(10)))
      .hold(Duration.minutes(20));
    const outcome = greeter.forecast({ workload, traffic, seeds: 20 });
    expect(outcome.band.failedRequests.high).toBe(0);
    expect(outcome.band.maxTasks.median).toBeLessThanOrEqual(5);
    await expect(outcome.toSvg('A news site links to the greeter')).toMatchFileSnapshot('forecast.svg');
  });
});
