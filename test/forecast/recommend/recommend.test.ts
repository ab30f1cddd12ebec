import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../../src';
import { figuresOverSeeds } from '../../../src/forecast/compare';
import type { Objective } from '../../../src/forecast/recommend/objective';
import { recommend } from '../../../src/forecast/recommend/recommend';
import { changedPlan } from '../../../src/plan/plan-changes';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import type { Scenario } from '../../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { planOf } from '../../../src/service/plan-of-props';
import { cpuTarget, searchPlan } from '../../search-plan';
import { refusals } from '../../synthesize';

function scenario(traffic: string, changes: Partial<Scenario> = {}): Scenario {
  return {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
    ...changes,
  };
}

/** The props as they would be pasted. */
function pasted(props: string): ScalableStatelessServiceProps {
  return new Function('Duration', `return (${props});`)(Duration) as ScalableStatelessServiceProps;
}

const SPIKE = scenario('rps 500 for 20m, rps 3000 for 40m');

describe('the search service under a spike from 500 to 3,000 requests per second', () => {
  const wanted: Objective = { p95Millis: 100, tasksLost: 1 };
  const answer = recommend(SPIKE, wanted);

  test('is given three small tasks, so that any two of them carry the spike', () => {
    expect(answer.isMet).toBe(true);
    expect(answer.best!.settings).toMatchObject({ cpu: 256, memoryMiB: 512, minCapacity: 3 });
    expect(answer.sentence).toMatch(
      /^95 of 100 answers within 100 ms, no failed request, the loss of one task survived at any moment: the cheapest .* \$27\.\d\d a month/,
    );
  });

  test('has nothing cheaper on the frontier that would do as well', () => {
    expect(answer.frontier.length).toBeGreaterThan(1);
    const { median } = answer.best!.taskDollarsPerMonth;
    for (const candidate of answer.frontier) {
      expect(candidate.unmet.length > 0 || candidate.taskDollarsPerMonth.median >= median).toBe(true);
    }
  });

  test('can be given it by pasting: the construct takes the props and makes the same policy of them', () => {
    const props = pasted(answer.props);
    expect(refusals(props)).toEqual([]);
    expect(planOf(props)).toMatchObject({ policy: answer.best!.plan.policy, task: answer.best!.plan.task });
  });

  test('keeps the promise with seeds that the search did not see', () => {
    const figures = figuresOverSeeds({ ...SPIKE, plan: answer.best!.plan, seed: 1000 }, { seeds: 50 });
    expect(figures.failedRequests.high).toBe(0);
    expect(figures.p95Millis!.high).toBeLessThanOrEqual(100);
  });

  test('survives the loss of a task in the middle of the spike', () => {
    const faults = [{ kind: 'stop-task', atSeconds: 2400, count: 1 }] as const;
    const figures = figuresOverSeeds({ ...SPIKE, plan: answer.best!.plan, faults }, { seeds: 20 });
    expect(figures.failedRequests.high).toBe(0);
    const without = recommend(SPIKE, { p95Millis: 100 }).best!.plan;
    expect(
      figuresOverSeeds({ ...SPIKE, plan: { ...without, policy: { ...without.policy, maxCapacity: 2 } }, faults }, { seeds: 5 })
        .failedRequests.low,
    ).toBeGreaterThan(0);
  });

  test('gets the same answer again', () => {
    expect(JSON.stringify(recommend(SPIKE, wanted))).toBe(JSON.stringify(answer));
  });
});

describe('more is asked, and it costs more', () => {
  const dollars = (objective: Objective) => recommend(SPIKE, objective).best!.taskDollarsPerMonth.median;

  test.each<[string, Objective, Objective]>([
    ['to lose none instead of some requests', { failedShare: 0.1 }, {}],
    ['to survive the loss of a task', {}, { tasksLost: 1 }],
    ['to survive the loss of a zone', { tasksLost: 1 }, { survivesZoneLoss: true }],
  ])('%s', (_, less, more) => {
    expect(dollars(more)).toBeGreaterThan(dollars(less));
  });
});

describe('what cannot be had is said', () => {
  test.each<[string, Scenario, Objective, RegExp]>([
    [
      'an answer before the request is there',
      SPIKE,
      { p95Millis: 31 },
      /no policy can do it, for the way there and back alone takes 31 ms$/,
    ],
    [
      'the loss of the only zone',
      scenario('rps 1 for 5m', { plan: changedPlan(SPIKE.plan, { zoneCount: 1 }) }),
      { survivesZoneLoss: true },
      /no policy can do it, for the service stands in one zone$/,
    ],
    [
      'a request that a thousand tasks cannot carry',
      scenario('rps 1000 for 5m', { workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 1000 } }),
      {},
      /no policy can do it with up to 1000 tasks of the sizes that were looked at; a request must cost less CPU$/,
    ],
  ])('%s', (_, asked, objective, sentence) => {
    const { isMet, best, frontier, props, sentence: said } = recommend(asked, objective);
    expect(said).toMatch(sentence);
    expect({ isMet, best, frontier, props }).toEqual({ isMet: false, best: undefined, frontier: [], props: '' });
  });

  test('users who wait for their own client are not helped by tasks: the nearest policy is named', () => {
    const { isMet, best, sentence } = recommend(scenario('users 30 for 10m, users 120 for 20m, at most 2980 rps'), { p95Millis: 40 });
    expect(isMet).toBe(false);
    expect(best!.unmet).toEqual([expect.stringMatching(/^95 of 100 answers come within 4\d(\.\d)? ms, not 40 ms$/)]);
    expect(sentence).toMatch(/No policy can: users wait for the limit of the client that sends their requests$/);
  });
});

test('sizes may be chosen among a few', () => {
  expect(recommend(SPIKE, {}, { cpus: [1024] }).best!.settings.cpu).toBe(1024);
});

test('an objective, a workload and a platform that cannot be are refused together', () => {
  const broken = scenario('rps 1 for 1m', { workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: Number.NaN } });
  const plan = { ...broken.plan, policy: { ...broken.plan.policy, platform: 'ec2' as const } };
  expect(() => recommend({ ...broken, plan }, { p95Millis: -1 })).toThrow(
    /^p95Millis must be above 0, got -1\nCPU per request must be above 0, got NaN ms\nthe plan must be of an ECS service/,
  );
});

test('whatever the traffic and the objective: numbers, props that the construct takes, and an end', () => {
  const rates = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 3 });
  const objective = fc.record(
    { p95Millis: fc.integer({ min: 32, max: 500 }), tasksLost: fc.nat(3), survivesZoneLoss: fc.boolean(), failedShare: fc.constant(0.01) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(rates, fc.constantFrom('rps', 'users'), objective, (values, kind, wanted) => {
      const asked = scenario(values.map((value) => `${kind} ${value}${kind === 'users' ? ' think 1s' : ''} for 6m`).join(', '));
      const answer = recommend(asked, wanted, { cpus: [256, 1024] });
      expect(JSON.stringify(answer)).not.toMatch(/null|NaN/);
      if (answer.best !== undefined) expect(refusals(pasted(answer.props))).toEqual([]);
      expect(answer.isMet).toBe(answer.best?.unmet.length === 0);
    }),
    { numRuns: 8 },
  );
}, 60_000);
