import { describe, expect, test } from 'vitest';
import { canarySteps, linearSteps, type TrafficShift } from '../../src/plan/deployment-settings';
import type { Outcome, OutcomeEventKind } from '../../src/run/outcome';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const AT_ONCE: TrafficShift = { steps: [], bakeSeconds: 300 };

/** A deployment of two tasks after five minutes, under a load that either revision can serve. */
function deployed(trafficShift: TrafficShift | undefined, kind: 'deploy' | 'bad-deployment' = 'deploy'): Outcome {
  const plan = searchPlan(2, 8, [cpuTarget(70), requestTarget(60 * 900)]);
  return forecast({
    plan: { ...plan, deployment: { ...plan.deployment, hasCircuitBreaker: false, trafficShift } },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('rps 1400 for 40m'),
    behavior: AWS_BEHAVIOR,
    faults: [{ kind, atSeconds: 300 }],
    seed: 1,
  });
}

function secondsUntil(outcome: Outcome, kind: OutcomeEventKind): number | undefined {
  const event = outcome.events.find((candidate) => candidate.kind === kind);
  return event && event.atSeconds - 300;
}

describe('a blue/green deployment', () => {
  const outcome = deployed(AT_ONCE);

  test('runs twice the tasks, keeps the old ones during the bake time, and then stops them', () => {
    expect(outcome.totals.maxTasks).toBe(4);
    expect(secondsUntil(outcome, 'deployment-completed')).toBeGreaterThan(300);
    expect(outcome.timeline.at(-1)!.runningCount).toBe(2);
  });

  test('fails no request', () => {
    expect(outcome.totals.failedRequests).toBe(0);
  });

  test('does not change scaling: requests are counted per target that gets traffic', () => {
    const rates = outcome.timeline.map(({ requestCountPerTarget }) => requestCountPerTarget!);
    for (const rate of rates) expect(Math.abs(rate / (60 * 700) - 1)).toBeLessThan(0.05);
    expect(outcome.activities).toEqual([]);
  });

  test('costs more than a rolling one: both revisions are billed during the bake time', () => {
    const more = outcome.totals.taskHours - deployed(undefined).totals.taskHours;
    expect(more * 3600).toBeGreaterThan(2 * 250);
  });
});

test.each([
  ['a canary of 10 % for ten minutes', { steps: canarySteps(10, 600), bakeSeconds: 60 }, 660],
  ['steps of 25 % every two minutes', { steps: linearSteps(25, 120), bakeSeconds: 60 }, 420],
])('%s: the old tasks run until the shift and the bake time are over', (_, shift, min) => {
  const outcome = deployed(shift);
  expect(secondsUntil(outcome, 'deployment-completed')).toBeGreaterThan(min);
  expect(secondsUntil(outcome, 'deployment-completed')).toBeLessThan(min + 180);
  expect(outcome.totals.failedRequests).toBe(0);
});

test.each([
  ['a canary of 10 %', canarySteps(10, 600)],
  ['a canary of 50 %, where each task of both revisions gets the same', canarySteps(50, 600)],
  ['steps of 25 %', linearSteps(25, 300)],
])('%s does not change the requests per target, which are the sum of two target groups', (_, steps) => {
  const outcome = deployed({ steps, bakeSeconds: 60 });
  const rates = outcome.timeline.map(({ requestCountPerTarget }) => requestCountPerTarget! / (60 * 700));
  for (const rate of rates) expect(Math.abs(rate - 1)).toBeLessThan(0.05);
  expect(outcome.activities).toEqual([]);
});

test('a revision whose tasks never become healthy gets no traffic, and no request fails', () => {
  const outcome = deployed(AT_ONCE, 'bad-deployment');
  expect(secondsUntil(outcome, 'deployment-completed')).toBeUndefined();
  expect(outcome.totals.failedRequests).toBe(0);
});
