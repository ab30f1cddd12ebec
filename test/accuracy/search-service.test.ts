import { describe, expect, test } from 'vitest';
import { bandOver, forecastSeeds } from '../../src/forecast/band';
import { forecast } from '../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { desiredCounts } from '../../src/scenario/outcome';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import type { Scenario } from '../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

/** The search service as it was load-tested on Fargate with Locust, and what CloudWatch showed. */
function measured(traffic: string): Scenario {
  return {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
}

describe('120 users for 8 minutes went from 2 to 3 tasks at 2,976 requests per second', () => {
  const scenario = measured('users 120 think 2ms for 8m, at most 2980 rps');
  const outcome = forecast(scenario);
  const before = outcome.timeline.filter((row) => row.healthyCount === 2 && row.desiredCount === 2);
  const after = outcome.timeline.slice(-2);

  test('so does the forecast, and no fourth task comes', () => {
    expect(desiredCounts(outcome)).toEqual([2, 3]);
  });

  test('between 180 and 390 seconds after the load began, whatever the seed', () => {
    const { firstScaleOutSeconds } = bandOver(forecastSeeds(scenario, 200));
    expect(firstScaleOutSeconds!.low).toBeGreaterThan(180);
    expect(firstScaleOutSeconds!.high).toBeLessThan(390);
  });

  test('CPU within 4 points of 85.9 % before, and within 5 points of 57 % after', () => {
    for (const row of before) expect(Math.abs(row.cpuUtilizationPercent! - 85.9)).toBeLessThan(4);
    for (const row of after) expect(Math.abs(row.cpuUtilizationPercent! - 57)).toBeLessThan(5);
  });

  test('requests within 5 % of 1,428,062, mean latency within 5 ms of 38, none failed', () => {
    expect(Math.abs(outcome.totals.requests / 1_428_062 - 1)).toBeLessThan(0.05);
    expect(Math.abs(outcome.totals.meanLatencyMillis - 38)).toBeLessThan(5);
    expect(outcome.totals.failedRequests).toBe(0);
  });
});

describe('the predictions that were made for it, set right', () => {
  test('30 to 100 users over 30 minutes: a third task near 80 users, no fourth', () => {
    const outcome = forecast(measured('users 30..100 for 30m'));
    expect(desiredCounts(outcome)).toEqual([2, 3]);
    expect(outcome.activities[0]!.startSeconds).toBeGreaterThan(20 * 60);
  });

  test('30 to 120 users at once: the third task is asked for 180 to 390 seconds later, no fourth', () => {
    const outcome = forecast(measured('users 30 for 10m, users 120 for 50m, at most 2980 rps'));
    expect(desiredCounts(outcome)).toEqual([2, 3]);
    expect(outcome.activities[0]!.startSeconds - 600).toBeGreaterThan(180);
    expect(outcome.activities[0]!.startSeconds - 600).toBeLessThan(390);
  });

  test('20 and 80 users in turn, ten minutes each: 80 users stay just below the target, nothing scales', () => {
    const outcome = forecast(measured(inTurn(20, 80)));
    expect(desiredCounts(outcome)).toEqual([2]);
    expect(Math.max(...outcome.timeline.map((row) => row.cpuUtilizationPercent!))).toSatisfy((cpu: number) => cpu > 60 && cpu < 70);
  });

  test('20 and 160 users in turn: what was added stays, for ten quiet minutes are fewer than fifteen', () => {
    expect(desiredCounts(forecast(measured(inTurn(20, 160))))).toEqual([2, 3, 4]);
  });
});

function inTurn(low: number, high: number): string {
  return new Array(4).fill(`users ${low} think 2ms for 10m, users ${high} think 2ms for 10m`).join(', ');
}
