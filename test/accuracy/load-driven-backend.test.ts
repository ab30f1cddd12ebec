import { describe, expect, test } from 'vitest';
import { remarks } from '../../src/advice/remarks';
import { desiredCounts } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

describe('a request target of 50, meant per second and tracked per minute, under 375 requests per second for 3 minutes', () => {
  const scenario: Scenario = {
    plan: searchPlan(2, 6, [requestTarget(50), cpuTarget(50)]),
    workload: { ...MEASURED_SEARCH_WORKLOAD, baseLatencySeconds: 0.003 },
    traffic: parseTraffic('rps 375 for 3m, rps 0 for 60m'),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  const outcome = forecast(scenario);

  test('goes from 2 to 6 in one step and comes back one task at a time', () => {
    expect(desiredCounts(outcome)).toEqual([2, 6, 5, 4, 3, 2]);
  });

  test('required 450 tasks', () => {
    expect(outcome.activities[0]).toMatchObject({ metricValue: expect.closeTo(11_250, 5), computedCapacity: 450 });
  });

  test('scales out as the load ends or after it, and in 15 to 19 minutes after', () => {
    const [out, scaleIn] = outcome.activities;
    expect(out!.startSeconds).toBeGreaterThan(180);
    expect(out!.startSeconds).toBeLessThan(390);
    expect(scaleIn!.startSeconds - 180).toBeGreaterThan(900);
    expect(scaleIn!.startSeconds - 180).toBeLessThan(1140);
  });

  test('is explained, with the target that would have been enough', () => {
    expect(remarks(scenario, outcome)[0]).toBe(
      'the request target is 50 per minute, which is 0.83 per second for each task: this is why 2 became 6 in one step. ' +
        'That target requires 450 tasks here and maxCapacity is 6; set requestsPerSecondPerTask to about 782',
    );
  });
});
