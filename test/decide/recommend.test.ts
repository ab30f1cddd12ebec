import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../../src';
import { figuresOverSeeds } from '../../src/decide/compare';
import type { Objective } from '../../src/decide/objective';
import { recommend } from '../../src/decide/recommend';
import { peakRate } from '../../src/decide/search-space';
import { changedPlan } from '../../src/plan/changed-plan';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { CAUTIOUS_AWS_BEHAVIOR } from '../../src/scaling/behavior-alternatives';
import { planOf } from '../../src/service/plan-from-props';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';
import { refusals } from '../synthesize';

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

/** The props as pasted. */
function pasted(props: string): ScalableStatelessServiceProps {
  return new Function('Duration', `return (${props});`)(Duration) as ScalableStatelessServiceProps;
}

const SPIKE = scenario('rps 500 for 20m, rps 3000 for 40m');

/** Traffic that grows tenfold. */
const TENFOLD = 'rps 50 for 20m, rps 50..500 for 10m, rps 500 for 30m';

/** A spike beyond the capacity of two tasks. */
const HIGH_SPIKE = scenario('rps 500 for 20m, rps 4500 for 40m');

describe('the search service under a spike from 500 to 3,000 requests per second', () => {
  const wanted: Objective = { p95Millis: 100, tasksLost: 1 };
  const answer = recommend(SPIKE, wanted);

  test('gets three small tasks, any two of which serve the spike', () => {
    expect(answer.isMet).toBe(true);
    expect(answer.best!.settings).toMatchObject({ cpu: 256, memoryMiB: 512, minCapacity: 3 });
    expect(answer.summary).toMatch(
      /^95 of 100 responses within 100 ms, no failed request, the loss of one task survived at any moment: the cheapest .* \$27\.\d\d a month/,
    );
  });

  test('has nothing cheaper on the frontier that meets the objective', () => {
    expect(answer.frontier.length).toBeGreaterThan(1);
    const { median } = answer.best!.taskDollarsPerMonth;
    for (const candidate of answer.frontier) {
      expect(candidate.unmet.length > 0 || candidate.taskDollarsPerMonth.median >= median).toBe(true);
    }
  });

  test('gets the same policy from the construct with the pasted props', () => {
    const props = pasted(answer.props);
    expect(refusals(props)).toEqual([]);
    expect(planOf(props)).toMatchObject({ policy: answer.best!.plan.policy, task: answer.best!.plan.task });
  });

  test('meets the objective with seeds that the search did not use', () => {
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

  test('gets the same recommendation again', () => {
    expect(JSON.stringify(recommend(SPIKE, wanted))).toBe(JSON.stringify(answer));
  });
});

test('an objective for the slowest of 100 responses is met by the recommended policy', () => {
  const objective: Objective = { p99Millis: 150 };
  const { best, isMet, summary } = recommend(SPIKE, objective, { cpus: [256] });
  expect(isMet).toBe(true);
  expect(summary).toMatch(/^99 of 100 responses within 150 ms, no failed request: the cheapest policy found meets it/);
  const figures = figuresOverSeeds({ ...SPIKE, plan: best!.plan, seed: 1000 }, { seeds: 20 });
  expect(figures.p99Millis!.high).toBeLessThanOrEqual(150);
});

describe('a recommendation has a margin', () => {
  const objective: Objective = { p95Millis: 300 };
  const spike = { ...SPIKE, workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.002 }, traffic: parseTraffic(TENFOLD) };
  const { best, isMet, summary } = recommend(spike, objective);

  test('says how large it is', () => {
    expect(isMet).toBe(true);
    expect(summary).toMatch(/, also with 10 % more CPU per request and where AWS is slow$/);
    expect(best!.settings.targetCpuUtilizationPercent).toBeLessThan(90);
  });

  test.each([1, 1.05, 1.1])('meets the objective with %d times the CPU per request, and where AWS is slow', (factor) => {
    const workload = { ...spike.workload, cpuSecondsPerRequest: factor * spike.workload.cpuSecondsPerRequest };
    for (const behavior of [AWS_BEHAVIOR, CAUTIOUS_AWS_BEHAVIOR]) {
      const figures = figuresOverSeeds({ ...spike, plan: best!.plan, workload, behavior, seed: 500 }, { seeds: 20 });
      expect(figures.failedRequests.median).toBe(0);
      expect(figures.p95Millis!.high).toBeLessThanOrEqual(300);
    }
  });
});

describe('a stricter objective costs more', () => {
  const [withLosses, withoutLosses, withoutTask, withoutZone] = [{ failedShare: 0.1 }, {}, { tasksLost: 1 }, { zoneLost: true }].map(
    (objective) => recommend(HIGH_SPIKE, objective).best!.taskDollarsPerMonth.median,
  ) as [number, number, number, number];

  test.each<[string, number, number]>([
    ['to lose none instead of some requests', withLosses, withoutLosses],
    ['to survive the loss of a task', withoutLosses, withoutTask],
    ['to survive the loss of a zone', withoutTask, withoutZone],
  ])('%s', (_, less, more) => {
    expect(more).toBeGreaterThan(less);
  });
});

describe('an objective that cannot be met is reported', () => {
  test.each<[string, Scenario, Objective, RegExp]>([
    ['an answer before the request is there', SPIKE, { p95Millis: 31 }, /no policy can meet it: the base latency alone is 31 ms$/],
    [
      'the loss of the only zone',
      scenario('rps 1 for 5m', { plan: changedPlan(SPIKE.plan, { zoneCount: 1 }) }),
      { zoneLost: true },
      /no policy can meet it: the service runs in one Availability Zone$/,
    ],
    [
      'a request that a thousand tasks cannot carry',
      scenario('rps 1000 for 5m', { workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 1000 } }),
      {},
      /no policy can meet it with up to 1000 tasks of the task sizes searched; a request must cost less CPU$/,
    ],
  ])('%s', (_, asked, objective, sentence) => {
    const { isMet, best, frontier, props, summary: said } = recommend(asked, objective);
    expect(said).toMatch(sentence);
    expect({ isMet, best, frontier, props }).toEqual({ isMet: false, best: undefined, frontier: [], props: '' });
  });

  test('tasks do not help users who wait for their client: the nearest policy is recommended', () => {
    const { isMet, best, summary } = recommend(scenario('users 30 for 10m, users 120 for 20m, at most 2980 rps'), { p95Millis: 40 });
    expect(isMet).toBe(false);
    expect(best!.unmet).toEqual([expect.stringMatching(/^95 of 100 responses come within 4\d(\.\d)? ms, not 40 ms$/)]);
    expect(summary).toMatch(/No policy can: the client that sends the requests limits their rate$/);
  });

  test('nor those to whom a rate beside them leaves too little of the limit of their client', () => {
    const { isMet, summary } = recommend(scenario('users 15 think 1s beside rps 10 for 20m, at most 20 rps'), { p95Millis: 100 });
    expect(isMet).toBe(false);
    expect(summary).toMatch(/No policy can: the client that sends the requests limits their rate$/);
  });
});

test('the task sizes can be limited', () => {
  expect(recommend(SPIKE, {}, { cpus: [1024] }).best!.settings.cpu).toBe(1024);
});

test('an invalid objective, workload and platform are rejected together', () => {
  const broken = scenario('rps 1 for 1m', { workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: Number.NaN } });
  const plan = { ...broken.plan, policy: { ...broken.plan.policy, platform: 'ec2' as const } };
  expect(() => recommend({ ...broken, plan }, { p95Millis: -1 })).toThrow(
    /^p95Millis must be above 0, got -1\nCPU per request must be above 0, got NaN ms\nthe plan must be of an ECS service/,
  );
});

test('whatever the traffic and the objective, the search ends with finite numbers and valid props', () => {
  const rates = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 3 });
  const objective = fc.record(
    { p95Millis: fc.integer({ min: 32, max: 500 }), tasksLost: fc.nat(3), zoneLost: fc.boolean(), failedShare: fc.constant(0.01) },
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
}, 300_000);

test('the peak of a ramp with steps is its highest step', () => {
  expect(peakRate(scenario('users 50..150 every 5m for 10m'))).toBe(peakRate(scenario('users 100 for 10m')));
  expect(peakRate(scenario('rps 50..150 every 5m for 10m'))).toBe(100);
});
