import { describe, expect, test } from 'vitest';
import type { TargetTracking } from '../../src/plan/target-tracking';
import type { Activity } from '../../src/scaling/activity';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { Outcome } from '../../src/scenario/outcome';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { remarks } from '../../src/scenario/remarks';
import type { Scenario } from '../../src/scenario/scenario';
import { sustainableRequestsPerSecond } from '../../src/scenario/sustainable-rate';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';
import { totals } from '../totals';

function scenario(...policies: TargetTracking[]): Scenario {
  return {
    plan: searchPlan(2, 6, policies),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('users 1 for 1m'),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
}

function outcome(changes: Partial<Outcome> = {}): Outcome {
  return { kind: 'forecast', timeline: [], activities: [], notScaled: [], events: [], totals: totals(), ...changes };
}

function step(changes: Partial<Activity>): Activity {
  const metric = 'ALBRequestCountPerTarget';
  const counts = { baseCapacity: 2, computedCapacity: 4, fromCapacity: 2, toCapacity: 4 };
  return {
    startSeconds: 1,
    statusCode: 'Successful',
    origin: 'target-tracking',
    cause: '',
    metric,
    metricValue: 1,
    targetValue: 50,
    ...counts,
    ...changes,
  };
}

test.each([
  ['a CPU target of 50 %', [cpuTarget(50)], 782],
  ['a CPU target of 10 %, less than the task uses on its own', [cpuTarget(10)], 0],
  ['no CPU target', [requestTarget(50)], 782],
])('with %s a measured task sustains its rate', (_, policies, rate) => {
  expect(Math.round(sustainableRequestsPerSecond(scenario(...policies).plan, MEASURED_SEARCH_WORKLOAD))).toBe(rate);
});

describe('a remark', () => {
  test('on a request target that was not meant names the unit and a better one', () => {
    const activities = [step({ computedCapacity: 450, toCapacity: 6 })];
    expect(remarks(scenario(requestTarget(50)), outcome({ activities }))).toEqual([
      expect.stringMatching(/^the request target is 50 per minute, .* wants 450 tasks .* set requestsPerSecondPerTask to about 782$/),
    ]);
  });

  test('on a request target that fits asks for a higher maximum', () => {
    const activities = [step({ targetValue: 60_000, computedCapacity: 8, toCapacity: 6 })];
    expect(remarks(scenario(requestTarget(60_000)), outcome({ activities }))).toEqual([
      'ALBRequestCountPerTarget asked for 8 tasks and maxCapacity is 6: raise maxCapacity to 8, or give each task more CPU',
    ]);
  });

  test('says why nothing scaled', () => {
    const atMax = { startSeconds: 1, endSeconds: 1, reason: 'AlreadyAtMaxCapacity', currentCapacity: 6, cause: '' } as const;
    expect(remarks(scenario(cpuTarget(50)), outcome({ notScaled: [atMax] }))[0]).toMatch(
      /more tasks were asked for than maxCapacity \(6\)/,
    );
    expect(remarks(scenario(cpuTarget(50)), outcome())[0]).toMatch(/no signal stayed above its target for 3 minutes$/);
  });

  test('is not needed where scaling did what it should', () => {
    expect(remarks(scenario(cpuTarget(50)), outcome({ activities: [step({})] }))).toEqual([]);
  });
});
