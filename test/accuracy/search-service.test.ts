import { describe, expect, test } from 'vitest';
import { desiredCounts } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecastSeeds } from '../../src/simulation/band';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
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
  const after = outcome.timeline.filter(({ healthyCount }, index) => healthyCount === 3 && outcome.timeline[index - 1]?.healthyCount === 3);

  test('so does the forecast, without a fourth task', () => {
    expect(desiredCounts(outcome)).toEqual([2, 3]);
  });

  test('between 180 and 390 seconds after the load began, in at least four of five runs', () => {
    const times = forecastSeeds(scenario, 200).map(({ activities }) => activities[0]!.startSeconds);
    expect(Math.min(...times)).toBeGreaterThan(180);
    expect(times.filter((seconds) => seconds < 390).length).toBeGreaterThan(160);
  });

  test('CPU within 4 points of 85.9 % before, and within 5 points of 57 % after', () => {
    for (const row of before) expect(Math.abs(row.cpuUtilizationPercent! - 85.9)).toBeLessThan(4);
    expect(after.length).toBeGreaterThan(0);
    for (const row of after) expect(Math.abs(row.cpuUtilizationPercent! - 57)).toBeLessThan(5);
  });

  test('requests within 5 % of 1,428,062, mean latency within 5 ms of 38, none failed', () => {
    expect(Math.abs(outcome.totals.requests / 1_428_062 - 1)).toBeLessThan(0.05);
    expect(Math.abs(outcome.totals.meanLatencyMillis - 38)).toBeLessThan(5);
    expect(outcome.totals.failedRequests).toBe(0);
  });
});

describe('the corrected predictions for it', () => {
  test('30 to 100 users over 30 minutes: a third task near 80 users, no fourth', () => {
    const outcome = forecast(measured('users 30..100 for 30m'));
    expect(desiredCounts(outcome)).toEqual([2, 3]);
    expect(outcome.activities[0]!.startSeconds).toBeGreaterThan(20 * 60);
  });

  test('30 to 120 users at once: the third task is launched 180 to 390 seconds later, no fourth', () => {
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

  test('20 and 160 users in turn: nothing scales in, because ten quiet minutes are fewer than fifteen', () => {
    expect(desiredCounts(forecast(measured(inTurn(20, 160))))).toEqual([2, 3, 4]);
  });
});

function inTurn(low: number, high: number): string {
  return new Array(4).fill(`users ${low} think 2ms for 10m, users ${high} think 2ms for 10m`).join(', ');
}
