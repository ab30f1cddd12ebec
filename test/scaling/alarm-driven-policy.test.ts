import { describe, expect, test } from 'vitest';
import type { SimpleScaling } from '../../src/plan/step-scaling';
import { STEPS, STEPS_DOWN, startLoop, steps } from './started-loop';

describe('step scaling of a service', () => {
  test('takes the step that the metric is in, and names its alarm', () => {
    const { clock, fleet, loop } = startLoop({ policy: { maxCapacity: 20, stepScaling: [STEPS] } });
    fleet.cores = 1.7;
    clock.runUntil(130);
    expect(loop.activities).toMatchObject([
      {
        startSeconds: 125,
        origin: 'step-scaling',
        cause: 'monitor alarm Busy in state ALARM triggered policy Steps',
        targetValue: 80,
        fromCapacity: 2,
        toCapacity: 4,
      },
    ]);
  });

  test('in the cooldown of a step counts what that one added: after two more, four more are two more', () => {
    const { clock, fleet, loop } = startLoop({ policy: { maxCapacity: 20, stepScaling: [STEPS] } });
    fleet.cores = 1.7;
    clock.runUntil(160);
    fleet.cores = 3.9;
    clock.runUntil(480);
    expect(steps(loop)).toEqual([
      [125, 2, 4],
      [245, 4, 6],
    ]);
  });

  test('in the cooldown of a step the same step is nothing new', () => {
    const { clock, fleet, loop } = startLoop({ policy: { maxCapacity: 20, stepScaling: [STEPS] } });
    fleet.cores = 1.7;
    clock.runUntil(160);
    fleet.cores = 3.4;
    clock.runUntil(440);
    expect(steps(loop)).toEqual([[125, 2, 4]]);
    expect(loop.notScaled).toMatchObject([{ reason: 'AlreadyAtDesiredCapacity' }]);
    clock.runUntil(500);
    expect(steps(loop)[1]).toEqual([485, 4, 6]);
  });

  test('goes inwards in steps, each a cooldown after the last one', () => {
    const { clock, loop } = startLoop({ policy: { stepScaling: [STEPS_DOWN] }, desiredCount: 6 });
    clock.runUntil(1000);
    expect(steps(loop)).toEqual([
      [125, 6, 4],
      [485, 4, 2],
    ]);
  });

  test('on latency does not scale with hardly any requests', () => {
    const latency = {
      ...STEPS,
      metric: 'TargetResponseTime',
      statistic: 'p95',
      minRequestsPerMinute: 600,
      alarm: { ...STEPS.alarm, threshold: 0.5 },
      steps: [{ lowerBound: 0, adjustment: 1 }],
    } as const;
    const { clock, fleet, loop } = startLoop({ policy: { stepScaling: [latency] } });
    fleet.latencySeconds = 2;
    fleet.requestsPerSecond = 9.9;
    clock.runUntil(600);
    expect(loop.activities).toEqual([]);
    fleet.requestsPerSecond = 10.1;
    clock.runUntil(730);
    expect(steps(loop)).toEqual([[725, 2, 3]]);
    expect(loop.activities[0]).toMatchObject({ metric: 'TargetResponseTime', metricValue: expect.closeTo(2), targetValue: 0.5 });
  });
});

describe('simple scaling of a group', () => {
  const UP: SimpleScaling = {
    ...STEPS,
    name: 'Up',
    metric: 'ASGAverageCPUUtilization',
    alarm: { ...STEPS.alarm, comparisonOperator: 'GreaterThanOrEqualToThreshold', threshold: 20, periodSeconds: 120 },
    adjustment: 1,
    cooldownSeconds: 120,
  };
  const DOWN: SimpleScaling = {
    ...UP,
    name: 'Down',
    alarm: { ...UP.alarm, comparisonOperator: 'LessThanOrEqualToThreshold', threshold: 10 },
    adjustment: -1,
  };
  const GROUP = { platform: 'ec2', minCapacity: 1, maxCapacity: 4, simpleScaling: [UP, DOWN] } as const;

  test('adds one instance at a time and waits until it runs and the cooldown is over', () => {
    const { clock, fleet, loop } = startLoop({ policy: GROUP, desiredCount: 1 });
    fleet.cores = 3;
    fleet.changeSeconds = 100;
    clock.runUntil(1500);
    expect(steps(loop)).toEqual([
      [245, 1, 2],
      // running at 345, cooled down at 465.
      [485, 2, 3],
      [725, 3, 4],
    ]);
    expect(loop.activities[0]!.origin).toBe('simple-scaling');
  });

  test('takes instances away as it adds them', () => {
    const { clock, loop } = startLoop({ policy: GROUP, desiredCount: 3 });
    clock.runUntil(1500);
    // the alarm acts at 245, 305, …; the instance is gone 30 s later and the cooldown over after 120 s more.
    expect(steps(loop)).toEqual([
      [245, 3, 2],
      [425, 2, 1],
    ]);
  });

  test('with basic monitoring is later: most of its periods are empty', () => {
    const { clock, fleet, loop } = startLoop({ policy: { ...GROUP, cpuReportSeconds: 300 }, desiredCount: 1 });
    fleet.cores = 3;
    clock.runUntil(1500);
    const [first] = loop.activities;
    expect(first!.startSeconds).toSatisfy((at: number) => at >= 300 && at <= 900);
    expect(first!.metricValue).toBe(100);
  });
});

describe('target tracking of a group', () => {
  const TRACKING = {
    name: 'Cpu',
    metric: 'ASGAverageCPUUtilization',
    targetValue: 50,
    scaleOutCooldownSeconds: 200,
    scaleInCooldownSeconds: 0,
    disableScaleIn: false,
  } as const;

  test('takes away below 0.7 of the target, one each minute', () => {
    const { clock, fleet, loop } = startLoop({ policy: { platform: 'ec2', maxCapacity: 9, targetTracking: [TRACKING] }, desiredCount: 6 });
    fleet.cores = 2.2;
    clock.runUntil(1000);
    // 36.7 % is below 45 and not below 35.
    expect(loop.activities).toEqual([]);
    fleet.cores = 0.6;
    clock.runUntil(2100);
    expect(steps(loop)).toEqual([
      [1865, 6, 5],
      [1925, 5, 4],
      [1985, 4, 3],
      [2045, 3, 2],
    ]);
  });

  test('takes nothing away while an instance warms up', () => {
    const warmup = { ...TRACKING, scaleOutCooldownSeconds: 2000 };
    const { clock, fleet, loop } = startLoop({ policy: { platform: 'ec2', maxCapacity: 9, targetTracking: [warmup] } });
    fleet.cores = 1.4;
    clock.runUntil(200);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    fleet.cores = 0;
    clock.runUntil(2200);
    expect(steps(loop)).toHaveLength(1);
    // running at 215, warm at 2215.
    clock.runUntil(2300);
    expect(steps(loop)[1]).toEqual([2225, 3, 2]);
  });
});
