import { expect, test } from 'vitest';
import { ZERO_COUNTERS } from '../../src/metrics/fleet-counters';
import type { ScalingMetric } from '../../src/metrics/metric';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../src/scaling/aws-behavior';
import { datapointOf } from '../../src/scaling/metric-feed';

function datapoint(metric: ScalingMetric, counted: object, behavior: Partial<AwsBehavior> = {}): number | undefined {
  return datapointOf({ metric }, { ...ZERO_COUNTERS, ...counted }, { ...AWS_BEHAVIOR, ...behavior });
}

function reading(counted: object): (number | undefined)[] {
  return [datapoint('ECSServiceAverageCPUUtilization', counted), datapoint('ALBRequestCountPerTarget', counted)];
}

test.each([
  ['two busy tasks', { requests: 6000, healthyTargetSeconds: 120, cpuSeconds: 15, cpuCapacitySeconds: 30 }, 50, 3000],
  ['CPU never reads above 100', { requests: 60, healthyTargetSeconds: 60, cpuSeconds: 31, cpuCapacitySeconds: 30 }, 100, 60],
  ['no task reports no CPU, and a real zero of requests', {}, undefined, 0],
  ['an idle task reports zeros', { healthyTargetSeconds: 60, cpuCapacitySeconds: 15 }, 0, 0],
])('%s', (_, after, cpu, requests) => {
  expect(reading(after)).toEqual([cpu, requests]);
});

test('a shorter stretch of time reads the same rate', () => {
  const after = { requests: 300, healthyTargetSeconds: 6, cpuSeconds: 0.75, cpuCapacitySeconds: 1.5 };
  expect(reading(after)).toEqual([50, 3000]);
});

test('requests are counted for each healthy target, or for each registered one where that is assumed', () => {
  const after = { requests: 600, healthyTargetSeconds: 120, registeredTargetSeconds: 180 };
  const counted = (requestCountDenominator: AwsBehavior['requestCountDenominator']) =>
    datapoint('ALBRequestCountPerTarget', after, { requestCountDenominator });
  expect([counted('healthy'), counted('registered')]).toEqual([300, 200]);
});

test.each([
  ['ECSServiceAverageCPUUtilization', { cpuSeconds: 16, cpuCapacitySeconds: 30, drainingCpuSeconds: 1, drainingCpuCapacitySeconds: 15 }],
  [
    'ECSServiceAverageMemoryUtilization',
    {
      memoryMiBSeconds: 1600,
      memoryCapacityMiBSeconds: 3000,
      drainingMemoryMiBSeconds: 100,
      drainingMemoryCapacityMiBSeconds: 1500,
    },
  ],
] as const)('%s leaves out tasks that drain, or counts them where that is assumed', (metric, after) => {
  const counted = (drainingTasksInUtilization: AwsBehavior['drainingTasksInUtilization']) =>
    datapoint(metric, after, { drainingTasksInUtilization });
  expect(counted('left-out')).toBeCloseTo(100, 9);
  expect(counted('counted')).toBeCloseTo(53.333, 3);
});

test('only tasks that drain report no CPU', () => {
  const after = { cpuSeconds: 1, cpuCapacitySeconds: 15, drainingCpuSeconds: 1, drainingCpuCapacitySeconds: 15 };
  expect(datapoint('ECSServiceAverageCPUUtilization', after)).toBeUndefined();
});
