import { expect, test } from 'vitest';
import type { FleetCounters } from '../../src/scaling/fleet';
import { measure } from '../../src/scaling/measurement';

const NOTHING: FleetCounters = { requests: 0, cpuSeconds: 0, cpuCapacitySeconds: 0, healthyTargetSeconds: 0 };

test.each([
  ['two busy tasks', { requests: 6000, cpuSeconds: 15, cpuCapacitySeconds: 30, healthyTargetSeconds: 120 }, 50, 3000],
  ['CPU never reads above 100', { requests: 60, cpuSeconds: 31, cpuCapacitySeconds: 30, healthyTargetSeconds: 60 }, 100, 60],
  ['no task reports no CPU, and a real zero of requests', NOTHING, undefined, 0],
  ['requests that no healthy task took have no count per task', { ...NOTHING, requests: 5 }, undefined, undefined],
  ['an idle task reports zeros', { ...NOTHING, cpuCapacitySeconds: 15, healthyTargetSeconds: 60 }, 0, 0],
])('%s', (_, after, cpu, requests) => {
  expect(measure(NOTHING, after)).toEqual({ ECSServiceAverageCPUUtilization: cpu, ALBRequestCountPerTarget: requests });
});

test('a shorter stretch of time reads the same rate', () => {
  const after = { requests: 300, cpuSeconds: 0.75, cpuCapacitySeconds: 1.5, healthyTargetSeconds: 6 };
  expect(measure(NOTHING, after)).toEqual({ ECSServiceAverageCPUUtilization: 50, ALBRequestCountPerTarget: 3000 });
});
