import { describe, expect, test } from 'vitest';
import { explain } from '../../src/advice/remarks';
import { monthlyCost } from '../../src/decide/cost/monthly-cost';
import { parseFault } from '../../src/faults/fault-grammar';
import type { PeriodicAlarmRule } from '../../src/plan/alarm-rule';
import { cpuCreditsOf } from '../../src/plan/cpu-credits';
import { instanceSize } from '../../src/plan/instance-types';
import type { Instances } from '../../src/plan/instances';
import { type ScalingPolicy, scalingPolicy } from '../../src/plan/policy';
import type { Plan } from '../../src/plan/service-plan';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const ALARM: PeriodicAlarmRule = {
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  threshold: 20,
  periodSeconds: 120,
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: 'missing',
};
const OUT = {
  name: 'Up',
  alarmName: 'High',
  metric: 'ASGAverageCPUUtilization',
  statistic: 'Average',
  alarm: ALARM,
  adjustmentType: 'ChangeInCapacity',
  adjustment: 1,
  cooldownSeconds: 120,
} as const;
const IN = {
  ...OUT,
  name: 'Down',
  alarmName: 'Low',
  alarm: { ...ALARM, comparisonOperator: 'LessThanOrEqualToThreshold', threshold: 10 },
  adjustment: -1,
} as const;

interface Changes {
  readonly type?: string;
  readonly mode?: 'standard' | 'unlimited';
  readonly policy?: Partial<ScalingPolicy>;
  readonly instances?: Partial<Instances>;
  readonly plan?: Partial<Plan>;
  readonly scenario?: Partial<Scenario>;
  readonly faults?: readonly string[];
}

/** Path A of the practical, with detailed monitoring, and a request of 1 ms of CPU. */
function pathA(traffic: string, { type = 't2.micro', mode, policy, instances, plan, scenario, faults = [] }: Changes = {}): Scenario {
  const credits = cpuCreditsOf(type, mode);
  const base = searchPlan(1, 4, []);
  return {
    plan: {
      ...base,
      task: instanceSize(type)!,
      policy: scalingPolicy({ platform: 'ec2', minCapacity: 1, maxCapacity: 4, simpleScaling: [OUT, IN], ...policy }),
      instances: { type, ...(credits && { credits }), refreshWarmupSeconds: 60, capacityRebalance: false, volumeGiB: 8, ...instances },
      deployment: { ...base.deployment, minHealthyPercent: 90, maxHealthyPercent: 100, replacesAtLeastOne: true },
      ...plan,
    },
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.001 },
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
    faults: faults.map(parseFault),
    ...scenario,
  };
}

const PROFILE = 'users 0..1000 think 1s for 1m, users 1000..5000 think 1s for 10m, users 5000 think 1s for 40m';
const fixed = (count: number): Partial<ScalingPolicy> => ({ minCapacity: count, maxCapacity: count, simpleScaling: [] });

describe('path A of the practical under its load test', () => {
  const scenario = pathA(PROFILE);
  const outcome = forecast(scenario);
  const { remarks } = explain(scenario, outcome);

  test('adds one instance at a time, and each step waits for the instance and for the cooldown', () => {
    expect(outcome.activities.map(({ fromCapacity, toCapacity }) => [fromCapacity, toCapacity])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    for (const [index, { startSeconds }] of outcome.activities.slice(1).entries()) {
      expect(startSeconds - outcome.activities[index]!.endSeconds!).toBeGreaterThanOrEqual(120);
    }
  });

  test('is too small, and runs out of CPU credits', () => {
    expect(remarks).toContainEqual(
      expect.stringMatching(/^4 t2.micro are too small: \d+ requests per second were sent in the busiest minute/),
    );
    expect(remarks).toContainEqual(
      expect.stringMatching(
        /^the CPU credits of the t2.micro instances run out at \d+:\d\d: without credits an instance has 10 % of its vCPUs/,
      ),
    );
    expect(outcome.events).toContainEqual(expect.objectContaining({ kind: 'cpu-credits-low' }));
  });

  test('has credits in each minute, and never fewer than none', () => {
    const balances = outcome.timeline.map((row) => row.cpuCreditBalance!);
    expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...balances)).toBeLessThanOrEqual(30);
  });
});

describe('an instance without CPU credits', () => {
  test('looks idle at its baseline while its requests wait, so that simple scaling removes instances', () => {
    const scenario = pathA('rps 900 for 150m', {
      plan: { desiredCount: 2, healthCheck: { ...searchPlan(1, 4, []).healthCheck, intervalSeconds: 200, timeoutSeconds: 120 } },
      policy: { maxCapacity: 2 },
    });
    const outcome = forecast(scenario);
    expect(Math.min(...outcome.timeline.slice(30).map((row) => row.cpuUtilizationPercent!))).toBeLessThan(12);
    expect(outcome.totals.failedRequests).toBeGreaterThan(0);
    expect(outcome.activities.some(({ toCapacity, fromCapacity }) => toCapacity < fromCapacity)).toBe(true);
    expect(explain(scenario, outcome).remarks).toContainEqual(
      expect.stringContaining('a t2.micro without CPU credits shows at most 10 % CPU'),
    );
  });

  test('does not occur in unlimited mode, which is billed', () => {
    const scenario = pathA('rps 900 for 10h', { type: 't3.micro', policy: fixed(1) });
    const outcome = forecast(scenario);
    expect(outcome.totals.failedRequests).toBe(0);
    // 0.9 vCPU of requests and what it uses without, above its baseline of 0.2 vCPU.
    expect(outcome.totals.surplusCpuCredits).toBeCloseTo(600 * (0.9 + MEASURED_SEARCH_WORKLOAD.idleVcpu - 0.2), -1);
    const { expected } = monthlyCost(scenario, outcome);
    const credits = expected.parts.find(({ name }) => name === 'CPU credits')!.dollars;
    expect(credits).toBeCloseTo((outcome.totals.surplusCpuCredits! / 60) * 73 * 0.05, 6);
  });

  test('is not one that is not burstable', () => {
    const outcome = forecast(pathA('rps 900 for 60m', { type: 'm7i.large', policy: fixed(1) }));
    expect(outcome.timeline.every((row) => row.cpuCreditBalance === undefined)).toBe(true);
    expect(outcome.totals.surplusCpuCredits).toBeUndefined();
  });
});

test('more load never has fewer instances at the end', () => {
  const counts = [50, 150, 400, 900, 1500].map(
    (rate) => forecast(pathA(`rps 20 for 5m, rps ${rate} for 25m`)).timeline.at(-1)!.desiredCount,
  );
  expect(counts).toEqual([...counts].sort((one, other) => one - other));
  expect(counts[0]).toBeLessThan(counts.at(-1)!);
});

test('basic monitoring scales later than detailed monitoring', () => {
  const first = (cpuReportSeconds: 60 | 300) => forecast(pathA(PROFILE, { policy: { cpuReportSeconds } })).activities[0]!.startSeconds;
  expect(first(300)).toBeGreaterThan(first(60));
});

test('an instance out of a warm pool serves sooner', () => {
  const warmPool = { state: 'Stopped', minSize: 0 } as const;
  const completed = (instances: Partial<Instances>) => {
    const [first] = forecast(pathA(PROFILE, { instances })).activities;
    return first!.endSeconds! - first!.startSeconds;
  };
  expect(completed({ warmPool })).toBeLessThan(completed({}) - 15);
});

describe('an instance refresh', () => {
  const STEADY = 'rps 100 for 60m';

  test('replaces one instance at a time, each after the warm-up of the one before, and scaling goes on', () => {
    const outcome = forecast(pathA(STEADY, { policy: fixed(4), faults: ['deploy at 5m'] }));
    const running = outcome.timeline.map(({ healthyCount }) => healthyCount);
    expect(Math.min(...running)).toBe(3);
    const completed = outcome.events.find(({ kind }) => kind === 'deployment-completed')!;
    expect(completed.atSeconds).toBeGreaterThan(300 + 4 * 60);
    expect(outcome.totals.failedRequests).toBe(0);
  });

  test('waits for the warm-up of an instance before it replaces the next', () => {
    const completed = (refreshWarmupSeconds: number) =>
      forecast(pathA(STEADY, { policy: fixed(4), instances: { refreshWarmupSeconds }, faults: ['deploy at 5m'] })).events.find(
        ({ kind }) => kind === 'deployment-completed',
      )!.atSeconds;
    expect(completed(300) - completed(0)).toBeCloseTo(4 * 300, -1);
  });

  test('waits at its checkpoints', () => {
    const deployment = { ...pathA(STEADY).plan.deployment, checkpoints: { percents: [50, 100], delaySeconds: 600 } };
    const withCheckpoints = forecast(pathA(STEADY, { policy: fixed(4), plan: { deployment }, faults: ['deploy at 5m'] }));
    const without = forecast(pathA(STEADY, { policy: fixed(4), faults: ['deploy at 5m'] }));
    const completedAt = ({ events }: typeof without) => events.find(({ kind }) => kind === 'deployment-completed')!.atSeconds;
    expect(withCheckpoints.events).toContainEqual(
      expect.objectContaining({ kind: 'deployment-paused', description: 'the instance refresh waits 10m at its checkpoint of 50 %' }),
    );
    expect(completedAt(withCheckpoints) - completedAt(without)).toBeCloseTo(600, -2);
  });

  test('with a maximum above 100 % launches before it terminates', () => {
    const deployment = { ...pathA(STEADY).plan.deployment, minHealthyPercent: 100, maxHealthyPercent: 110 };
    const outcome = forecast(pathA(STEADY, { policy: fixed(4), plan: { deployment }, faults: ['deploy at 5m'] }));
    expect(Math.min(...outcome.timeline.map(({ healthyCount }) => healthyCount))).toBe(4);
    expect(outcome.totals.maxTasks).toBe(5);
    expect(outcome.events.some(({ kind }) => kind === 'deployment-completed')).toBe(true);
  });
});

describe('the interruption of a Spot instance', () => {
  const lost = (instances: Partial<Instances>) => {
    const { timeline, events } = forecast(pathA('rps 100 for 30m', { policy: fixed(3), instances, faults: ['interrupt 1 at 10m'] }));
    return { fewest: Math.min(...timeline.map(({ healthyCount }) => healthyCount)), events };
  };

  test('comes two minutes after its notice', () => {
    const { fewest, events } = lost({});
    expect(fewest).toBe(2);
    expect(events.find(({ kind }) => kind === 'task-lost')!.atSeconds).toBe(600 + 120);
  });

  test('leaves no gap with capacity rebalancing', () => {
    expect(lost({ capacityRebalance: true }).fewest).toBe(3);
  });
});

describe('tasks on the instances of a capacity provider', () => {
  const capacity = {
    type: 'm7g.large',
    tasksPerInstance: 4,
    minInstances: 1,
    maxInstances: 6,
    targetCapacityPercent: 100,
    minStep: 1,
    maxStep: 10_000,
    warmupSeconds: 300,
    volumeGiB: 30,
  };
  const scenario = (plan: Partial<Plan>): Scenario => ({
    ...pathA('rps 100 for 5m, rps 2500 for 25m, rps 100 for 60m'),
    plan: { ...searchPlan(2, 12, [cpuTarget(50, { scaleOutCooldownSeconds: 60, scaleInCooldownSeconds: 60 })]), ...plan },
  });

  test('wait for instances, so that scaling out takes longer than on Fargate', () => {
    const [onInstances, onFargate] = [forecast(scenario({ capacity })), forecast(scenario({}))];
    const healthyAt = ({ timeline }: typeof onFargate) => timeline.find(({ healthyCount }) => healthyCount > 6)!.atSeconds;
    expect(healthyAt(onInstances)).toBeGreaterThan(healthyAt(onFargate));
    expect(onInstances.events.filter(({ kind }) => kind === 'instances-scaled').length).toBeGreaterThanOrEqual(2);
    expect(onInstances.totals.instanceHours).toBeGreaterThan(1.5);
  });

  test('are billed by their instances', () => {
    const planned = scenario({ capacity });
    const outcome = forecast(planned);
    const { expected } = monthlyCost(planned, outcome);
    const hours = outcome.totals.instanceHours! * (730 / 1.5);
    expect(expected.parts.find(({ name }) => name === 'tasks')!.dollars).toBeCloseTo(hours * 0.0816, 6);
  });
});
