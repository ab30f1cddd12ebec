import { expect, test } from 'vitest';
import { NOTHING_COUNTED } from '../../src/scaling/fleet';
import { measure } from '../../src/scaling/measurement';

function reading(counted: object): (number | undefined)[] {
  const after = { ...NOTHING_COUNTED, ...counted };
  return [
    measure({ metric: 'ECSServiceAverageCPUUtilization' }, NOTHING_COUNTED, after),
    measure({ metric: 'ALBRequestCountPerTarget' }, NOTHING_COUNTED, after),
  ];
}

test.each([
  ['two busy tasks', { requests: 6000, cpuSeconds: 15, cpuCapacitySeconds: 30, healthyTargetSeconds: 120 }, 50, 3000],
  ['CPU never reads above 100', { requests: 60, cpuSeconds: 31, cpuCapacitySeconds: 30, healthyTargetSeconds: 60 }, 100, 60],
  ['no task reports no CPU, and a real zero of requests', {}, undefined, 0],
  ['requests that no healthy task took have no count per task', { requests: 5 }, undefined, undefined],
  ['an idle task reports zeros', { cpuCapacitySeconds: 15, healthyTargetSeconds: 60 }, 0, 0],
])('%s', (_, after, cpu, requests) => {
  expect(reading(after)).toEqual([cpu, requests]);
});

test('a shorter stretch of time reads the same rate', () => {
  const after = { requests: 300, cpuSeconds: 0.75, cpuCapacitySeconds: 1.5, healthyTargetSeconds: 6 };
  expect(reading(after)).toEqual([50, 3000]);
});
