import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fault, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { LOAD } from './load';
import { MAX_TASKS, MIN_TASKS, Shop } from './shop';

const stack = new Shop(new App(), 'Shop');

// assumed: `measure` finds what a request of yours costs.
const workload = Workload.of({ cpuPerRequest: Duration.millis(1.5), baseLatency: Duration.millis(10) });

describe('the load of the integration test', () => {
  test('takes as many tasks as the integration test expects, whichever one is stopped, and fails no request', async () => {
    const faults = [Fault.stopTask({ at: Duration.minutes(12) })];
    const outcome = stack.shop.forecast({ workload, traffic: LOAD, seeds: 20, faults });
    expect(outcome.band.maxTasks).toMatchObject({ low: MAX_TASKS, high: MAX_TASKS });
    expect(outcome.timeline.at(-1)!.desiredCount).toBe(MIN_TASKS);
    expect(outcome.band.failedRequests.high).toBe(0);
    await expect(outcome.toSvg('The load of the integration test, with one task stopped at 12:00')).toMatchFileSnapshot('forecast.svg');
  });
});

test('the shop has no desired count, which scaling sets', () => {
  const [service] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'));
  expect(service!['Properties']).not.toHaveProperty('DesiredCount');
});
