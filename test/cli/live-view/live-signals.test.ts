import { describe, expect, test } from 'vitest';
import { breachesScaleOut, formatValue, fullScaleOf, recentBreaches, signalsOf } from '../../../cli/live-view/live-signals';
import { scalingPolicy } from '../../../src/plan/policy';
import type { StepScaling } from '../../../src/plan/step-scaling';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { cpuTarget, requestTarget } from '../../search-plan';
import { liveRow, minutes } from './states';

function stepOf(
  changes: Partial<StepScaling>,
  threshold: number,
  comparisonOperator: StepScaling['alarm']['comparisonOperator'],
): StepScaling {
  return {
    name: 'Step',
    alarmName: 'Alarm',
    metric: 'ECSServiceAverageCPUUtilization',
    statistic: 'Average',
    alarm: { comparisonOperator, threshold, evaluationPeriods: 2, datapointsToAlarm: 2, periodSeconds: 60, treatMissingData: 'missing' },
    adjustmentType: 'ChangeInCapacity',
    steps: [{ lowerBound: 0, adjustment: 1 }],
    cooldownSeconds: 60,
    ...changes,
  };
}

const bounds = { minCapacity: 1, maxCapacity: 4 };

describe('the signals of a plan', () => {
  test('are its metrics with the target of each and the threshold below which tasks go', () => {
    const policy = scalingPolicy({ ...bounds, targetTracking: [cpuTarget(60), requestTarget(6000)] });
    const seen = signalsOf(policy, AWS_BEHAVIOR).map(({ name, alarms }) => [
      name,
      alarms.map(({ direction, rule }) => [direction, rule.threshold]),
    ]);
    expect(seen).toEqual([
      [
        'CPU',
        [
          ['out', 60],
          ['in', 54],
        ],
      ],
      [
        'Requests',
        [
          ['out', 6000],
          ['in', 5400],
        ],
      ],
    ]);
  });

  test('show the CPU also without a policy that follows it', () => {
    expect(signalsOf(scalingPolicy(bounds), AWS_BEHAVIOR).map(({ name }) => name)).toEqual(['CPU']);
  });

  test('put the alarms of steps on the same metric together', () => {
    const policy = scalingPolicy({
      ...bounds,
      stepScaling: [
        stepOf({}, 75, 'GreaterThanThreshold'),
        stepOf({}, 25, 'LessThanThreshold'),
        stepOf({ metric: 'TargetResponseTime', statistic: 'p95' }, 0.2, 'GreaterThanThreshold'),
      ],
    });
    const [cpu, time] = signalsOf(policy, AWS_BEHAVIOR);
    expect(cpu?.alarms.map(({ direction, kind, rule }) => [direction, kind, rule.threshold])).toEqual([
      ['out', 'step', 75],
      ['in', 'step', 25],
    ]);
    expect(time?.name).toBe('p95 time');
    expect(time?.valueIn({ p95Millis: 150 })).toBe(0.15);
    expect(breachesScaleOut(time!, 0.15)).toBe(false);
    expect(breachesScaleOut(time!, 0.25)).toBe(true);
  });
});

describe('a signal', () => {
  const [cpu, requests] = signalsOf(scalingPolicy({ ...bounds, targetTracking: [cpuTarget(60), requestTarget(6000)] }), AWS_BEHAVIOR);

  test('fills its bar at 100 %, or so that its threshold is at the position of a CPU target', () => {
    expect([fullScaleOf(cpu!), fullScaleOf(requests!)]).toEqual([100, 10_000]);
  });

  test('is over its target above it, and not at it', () => {
    expect([60, 60.1].map((value) => breachesScaleOut(cpu!, value))).toEqual([false, true]);
    expect(breachesScaleOut(cpu!, undefined)).toBe(false);
  });

  test('shows which of the last minutes breach an alarm; one without a value does not', () => {
    const timeline = [...minutes(4, {}), liveRow(300, { cpuUtilizationPercent: 61 }), liveRow(360, { cpuUtilizationPercent: undefined })];
    expect(recentBreaches(cpu!, cpu!.alarms[0]!, timeline)).toEqual([false, true, false]);
    expect(recentBreaches(cpu!, cpu!.alarms[0]!, timeline.slice(4, 5))).toEqual([true]);
  });

  test('has no datapoints where its periods are no minutes', () => {
    const fast = cpuTarget(60, { metric: 'ECSServiceAverageCPUUtilizationHighResolution' });
    const [signal] = signalsOf(scalingPolicy({ ...bounds, targetTracking: [fast] }), AWS_BEHAVIOR);
    expect(recentBreaches(signal!, signal!.alarms[0]!, minutes(5, {}))).toBeUndefined();
  });
});

test.each([
  ['ECSServiceAverageCPUUtilization', 63.25, '63.3 %'],
  ['ALBRequestCountPerTarget', 5999.6, '6,000/min'],
  ['TargetResponseTime', 0.2, '200 ms'],
] as const)('%s %d is %s', (metric, value, words) => {
  expect(formatValue(metric, value)).toBe(words);
});
