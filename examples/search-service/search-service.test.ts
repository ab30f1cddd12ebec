import { App, Duration } from 'aws-cdk-lib';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { SearchService } from './search-service';

const { search } = new SearchService(new App(), 'SearchService');

// assumed: `rehearse` measures what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(0.6), baseLatency: Duration.millis(5) });

describe('the search service', () => {
  test('serves a quiet day with its fewest tasks', () => {
    const { maxTasks, failedRequests } = search.forecast({ workload, traffic: Traffic.daily({ meanRequestsPerSecond: 100 }), seeds: 3 });
    expect({ maxTasks, failedRequests }).toEqual({ maxTasks: 2, failedRequests: 0 });
  });

  test('serves traffic that grows sevenfold in five minutes', async () => {
    const surge = Traffic.requestsPerSecond(100).followedBy(Traffic.rampRequestsPerSecond(700, Duration.minutes(5)));
    const outcome = search.forecast({ workload, traffic: surge.hold(Duration.minutes(20)) });
    expect(outcome.maxTasks).toBeLessThanOrEqual(6);
    expect(outcome.band.failedRequests.high).toBe(0);
    await expect(outcome.toSvg('From 100 to 700 requests per second in five minutes')).toMatchFileSnapshot('forecast.svg');
  });
});
