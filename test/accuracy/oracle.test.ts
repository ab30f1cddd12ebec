import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { SeededRandom } from '../../src/math/seeded-random';
import { scalingPolicy } from '../../src/plan/policy';
import type { ScheduledAction } from '../../src/plan/schedule';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { vcpuOf } from '../../src/plan/task-size';
import { randomTiming, type Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { DEFAULT_START, minutesSince1970 } from '../../src/time/calendar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const SCENARIOS = 400;
const GROUPS = 150;
const ORACLE = path.join(__dirname, 'oracle', 'oracle.py');
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Draws numbers for scenarios: the same ones in each run. */
class Draw {
  private readonly random = new SeededRandom(20_261_129);

  public whole(min: number, max: number): number {
    return min + Math.floor((max - min + 1) * this.random.uniform());
  }

  public between(min: number, max: number): number {
    return this.random.uniformIn({ min, max });
  }

  public oneOf<Value>(...values: readonly Value[]): Value {
    return values[this.whole(0, values.length - 1)]!;
  }
}

/** A scenario within the capacity of its first tasks, whose new tasks listen before two checks have failed, with nothing random but the times that its seed decides. */
function drawnScenario(draw: Draw, seed: number): Scenario {
  const minCapacity = draw.whole(1, 4);
  const maxCapacity = minCapacity + draw.whole(1, 12);
  const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: draw.between(0.0001, 0.0004), startUpSeconds: draw.between(0, 25) };
  const plan = searchPlan(minCapacity, maxCapacity, []);
  const fullRate = (0.9 * minCapacity * (vcpuOf(plan.task) - workload.idleVcpu)) / workload.cpuSecondsPerRequest;
  const phases = Array.from({ length: draw.whole(2, 6) }, () => {
    const rate = fullRate * draw.oneOf(0, draw.between(0, 0.3), draw.between(0.2, 1));
    return { kind: 'rps' as const, from: rate, to: rate, thinkSeconds: 0, durationSeconds: draw.whole(120, 3600) };
  });
  const changes = (): Partial<TargetTracking> => ({
    scaleOutCooldownSeconds: draw.oneOf(0, 60, 120, 300, draw.whole(0, 600)),
    scaleInCooldownSeconds: draw.oneOf(0, 60, 300, draw.whole(0, 900)),
    disableScaleIn: draw.whole(1, 10) === 1,
  });
  const cpu = { ...cpuTarget(draw.whole(25, 80)), ...changes() };
  const requests = { ...requestTarget(Math.round((60 * fullRate * draw.between(0.1, 0.9)) / minCapacity)), ...changes() };
  const policy = scalingPolicy({
    minCapacity,
    maxCapacity,
    targetTracking: draw.oneOf([cpu], [requests], [requests, cpu]),
    scheduledActions: draw.whole(1, 3) === 1 ? [drawnAction(draw, minCapacity, maxCapacity)] : [],
  });
  const fixed = (seconds: number) => ({ min: seconds, max: seconds });
  return {
    plan: { ...plan, policy, zoneCount: 1, deregistrationDelaySeconds: draw.oneOf(0, 30, 300) },
    workload,
    traffic: { phases },
    behavior: {
      ...AWS_BEHAVIOR,
      provisioningSeconds: { median: draw.between(15, 60), sigma: 0 },
      registrationLagSeconds: fixed(draw.between(0, 20)),
      firstHealthCheckShare: fixed(draw.between(0, 1)),
    },
    seed,
  };
}

function drawnAction(draw: Draw, minCapacity: number, maxCapacity: number): ScheduledAction {
  const min = draw.whole(minCapacity, maxCapacity);
  const minute = minutesSince1970(DEFAULT_START) + draw.whole(1, 60);
  return { name: 'Action', schedule: { kind: 'at', minute }, minCapacity: min, maxCapacity: draw.whole(min, maxCapacity + 2) };
}

/** A scenario in the words of the oracle. */
function asked(scenario: Scenario): object {
  const { plan, workload, behavior, traffic } = scenario;
  const { policy, healthCheck, task } = plan;
  const timing = randomTiming(scenario);
  let endSeconds = 0;
  return {
    min: policy.minCapacity,
    max: policy.maxCapacity,
    policies: policy.targetTracking.map((tracked) => ({
      metric: tracked.metric === 'ALBRequestCountPerTarget' ? 'requests' : 'cpu',
      target: tracked.targetValue,
      out_cooldown: tracked.scaleOutCooldownSeconds,
      in_cooldown: tracked.scaleInCooldownSeconds,
      disable_scale_in: tracked.disableScaleIn,
    })),
    scheduled: policy.scheduledActions.map(({ schedule, minCapacity, maxCapacity }) => ({
      at: 60 * ((schedule as { readonly minute: number }).minute - minutesSince1970(DEFAULT_START)) + timing.scheduledActionDelaySeconds,
      min: minCapacity,
      max: maxCapacity,
    })),
    simple: policy.simpleScaling.map(({ alarm, adjustment, cooldownSeconds }) => ({
      threshold: alarm.threshold,
      above: alarm.comparisonOperator === 'GreaterThanOrEqualToThreshold',
      period_minutes: alarm.periodSeconds / 60,
      evaluation_periods: alarm.evaluationPeriods,
      adjustment,
      cooldown: cooldownSeconds,
    })),
    report_minutes: policy.cpuReportSeconds / 60,
    phases: [...traffic.phases].map(({ from, durationSeconds }) => {
      endSeconds += durationSeconds;
      return [endSeconds, from];
    }),
    vcpu: vcpuOf(task),
    idle: workload.idleVcpu,
    cpu_per_request: workload.cpuSecondsPerRequest,
    start_up: workload.startUpSeconds,
    provisioning: (policy.platform === 'ec2' ? behavior.instanceSeconds : behavior.provisioningSeconds).median,
    registration_lag: behavior.registrationLagSeconds.min,
    first_check_share: behavior.firstHealthCheckShare.min,
    check_interval: healthCheck.intervalSeconds,
    first_period_end: timing.firstPeriodEndsAtSeconds,
    first_evaluation: timing.firstEvaluationAtSeconds,
    metric_delay: timing.metricDelaySeconds,
  };
}

/** A group of instances with simple scaling on CPU, and detailed or basic monitoring. */
function drawnGroup(draw: Draw, seed: number): Scenario {
  const base = drawnScenario(draw, seed);
  const { minCapacity, maxCapacity } = base.plan.policy;
  const out = draw.whole(15, 80);
  const alarm = {
    threshold: out,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    periodSeconds: draw.oneOf(60, 120, 300),
    evaluationPeriods: draw.whole(1, 3),
  } as const;
  const policy = {
    name: 'Out',
    alarmName: 'High',
    metric: 'ASGAverageCPUUtilization',
    statistic: 'Average',
    adjustmentType: 'ChangeInCapacity',
    adjustment: draw.whole(1, 3),
    cooldownSeconds: draw.oneOf(0, 60, 120, 300),
  } as const;
  const rule = <Part extends { readonly evaluationPeriods: number }>(part: Part) => ({
    ...part,
    datapointsToAlarm: part.evaluationPeriods,
    treatMissingData: 'missing' as const,
  });
  const below = { ...alarm, threshold: out * draw.between(0.2, 0.7), comparisonOperator: 'LessThanOrEqualToThreshold' } as const;
  const simpleScaling = [
    { ...policy, alarm: rule(alarm) },
    {
      ...policy,
      name: 'In',
      alarmName: 'Low',
      alarm: rule(below),
      adjustment: -policy.adjustment,
      cooldownSeconds: draw.oneOf(0, 120, 300),
    },
  ];
  const cpuReportSeconds = draw.oneOf(60, 60, 300);
  return {
    ...base,
    plan: { ...base.plan, policy: scalingPolicy({ platform: 'ec2', minCapacity, maxCapacity, simpleScaling, cpuReportSeconds }) },
    behavior: { ...base.behavior, instanceSeconds: { median: draw.between(20, 150), sigma: 0 } },
  };
}

test.runIf(hasPython).each([
  ['scenarios', SCENARIOS, drawnScenario],
  ['groups with simple scaling', GROUPS, drawnGroup],
] as const)(
  "a forecast is what AWS's documents say, to the second, in random %s",
  (_, count, drawn) => {
    const draw = new Draw();
    const scenarios = Array.from({ length: count }, (__, seed) => drawn(draw, seed));
    const python = spawnSync('python3', [ORACLE], {
      input: JSON.stringify(scenarios.map(asked)),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(python.stderr).toBe('');
    const expected = (JSON.parse(python.stdout) as [number, number, number][][]).map((activities) => activities.map(rounded));
    const actual = scenarios.map((scenario) =>
      forecast(scenario).activities.map(({ startSeconds, fromCapacity, toCapacity }) => rounded([startSeconds, fromCapacity, toCapacity])),
    );
    expect(expected.flat().length).toBeGreaterThan(2 * count);
    expect(actual).toEqual(expected);
  },
  120_000,
);

function rounded([atSeconds, from, to]: readonly [number, number, number]): string {
  return `${atSeconds.toFixed(1)} s: ${from} to ${to}`;
}
