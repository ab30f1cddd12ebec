import { describe, expect, test } from 'vitest';
import { forecast } from '../../src/forecast/forecast';
import { canarySteps, linearSteps, type TrafficShift } from '../../src/plan/traffic-shift';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { Outcome, OutcomeEventKind } from '../../src/scenario/outcome';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const AT_ONCE: TrafficShift = { steps: [], bakeSeconds: 300 };

/** What becomes of a deployment of two tasks after five minutes, under a load that both can carry. */
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

  test('runs twice the tasks, keeps the old ones while both bake, and then lets go of them', () => {
    expect(outcome.totals.maxTasks).toBe(4);
    expect(secondsUntil(outcome, 'deployment-completed')).toBeGreaterThan(300);
    expect(outcome.timeline.at(-1)!.runningCount).toBe(2);
  });

  test('fails nothing', () => {
    expect(outcome.totals.failedRequests).toBe(0);
  });

  test('does not blind scaling: requests are counted per task that gets them, and nothing scales', () => {
    const rates = outcome.timeline.map(({ requestCountPerTarget }) => requestCountPerTarget!);
    for (const rate of rates) expect(Math.abs(rate / (60 * 700) - 1)).toBeLessThan(0.05);
    expect(outcome.activities).toEqual([]);
  });

  test('costs more than a rolling one: both revisions are paid for while they bake', () => {
    const more = outcome.totals.taskHours - deployed(undefined).totals.taskHours;
    expect(more * 3600).toBeGreaterThan(2 * 250);
  });
});

test.each([
  ['a canary of 10 % for ten minutes', { steps: canarySteps(10, 600), bakeSeconds: 60 }, 660],
  ['steps of 25 % every two minutes', { steps: linearSteps(25, 120), bakeSeconds: 60 }, 420],
])('%s: the old tasks stay until all of it is over', (_, shift, least) => {
  const outcome = deployed(shift);
  expect(secondsUntil(outcome, 'deployment-completed')).toBeGreaterThan(least);
  expect(secondsUntil(outcome, 'deployment-completed')).toBeLessThan(least + 180);
  expect(outcome.totals.failedRequests).toBe(0);
});

test('a revision whose tasks never become healthy gets no traffic, and nobody notices', () => {
  const outcome = deployed(AT_ONCE, 'bad-deployment');
  expect(secondsUntil(outcome, 'deployment-completed')).toBeUndefined();
  expect(outcome.totals.failedRequests).toBe(0);
});
