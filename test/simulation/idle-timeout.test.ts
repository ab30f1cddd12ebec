import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/run/outcome';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** Two tasks, far below their capacity, whose requests take this much CPU. */
function run(
  idleTimeoutSeconds: number | undefined,
  cpuSecondsPerRequest: number,
  traffic: string,
  faults: Parameters<typeof forecast>[0]['faults'] = [],
): Outcome {
  return forecast({
    plan: { ...searchPlan(2, 2, [cpuTarget(70)]), idleTimeoutSeconds },
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest },
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    faults,
    seed: 1,
  });
}

function lateShare({ totals }: Outcome): number {
  return totals.failures['HTTP 504'] / totals.requests;
}

describe.each(['rps 0.05 for 60m', 'users 1 think 20s for 60m'])('requests that take a second each: %s', (traffic) => {
  // 0.25 seconds of CPU take a second on a quarter of a vCPU.
  test.each([
    [60, 0, 0],
    [3, 0, 0.6],
    [1, 0.2, 0.8],
  ])('with an idle timeout of %d s, a share from %d to %d of them gets a 504', (idleTimeoutSeconds, min, max) => {
    const outcome = run(idleTimeoutSeconds, 0.25, traffic);
    expect(lateShare(outcome)).toBeGreaterThanOrEqual(min);
    expect(lateShare(outcome)).toBeLessThanOrEqual(max);
    expect(outcome.totals.failedRequests).toBeCloseTo(outcome.totals.failures['HTTP 504'], 9);
  });

  test('a longer idle timeout never ends more of them', () => {
    const shares = [1, 2, 3, 5, 10, 60].map((seconds) => lateShare(run(seconds, 0.25, traffic)));
    expect([...shares].sort((one, other) => other - one)).toEqual(shares);
    expect(shares[0]).toBeGreaterThan(0.2);
    expect(shares.at(-1)).toBe(0);
  });
});

test('the requests that a paused task holds end with the idle timeout', () => {
  const fault = { kind: 'pause-task', atSeconds: 300, count: 2, durationSeconds: 25 } as const;
  const [short, long] = [5, 60].map((seconds) => run(seconds, 0.0002, 'rps 50 for 10m', [fault])) as [Outcome, Outcome];
  expect(long.totals.failures['HTTP 504']).toBe(0);
  expect(short.totals.failures['HTTP 504']).toBeGreaterThan(50 * 15);
});

test('an overload times out what waits longer than the idle timeout', () => {
  const [short, long] = [10, 60].map((seconds) => run(seconds, 0.005, 'rps 200 for 30m')) as [Outcome, Outcome];
  expect(short.timeline.at(-1)!.p95Millis).toBeLessThanOrEqual(10_000);
  expect(short.totals.failures['HTTP 504']).toBeGreaterThan(long.totals.failures['HTTP 504']);
});
