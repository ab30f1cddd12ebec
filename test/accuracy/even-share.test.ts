import { expect, test } from 'vitest';
import { evenShare } from '../../src/simulation/queueing/processor-sharing';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { simulateTask } from './simulated-task';

const CPU_SECONDS = 0.002;

test.each([
  [0.25, 0.3],
  [0.25, 0.8],
  [1, 0.6],
  [2, 0.3],
  [2, 0.8],
  [4, 0.8],
])(
  '%d vCPU at a utilization of %d: mean, median, 95th and 99th percentile are within 5 %% of a simulation request by request',
  (vcpu, utilization) => {
    const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: CPU_SECONDS, idleVcpu: 0, baseLatencySeconds: 0 };
    const service = evenShare(workload, vcpu);
    const requestsPerSecond = utilization * service.capacityPerSecond;
    const said = service.latencyAt(requestsPerSecond);
    const simulated = simulateTask({
      cpuSecondsPerRequest: CPU_SECONDS,
      requestsPerSecond,
      cores: vcpu,
      quota: 'even',
      requests: 300_000,
      seed: 1,
    });
    for (const figure of ['mean', 'p50', 'p95', 'p99'] as const) {
      expect(Math.abs(said[figure] / simulated[figure] - 1), figure).toBeLessThan(0.05);
    }
    expect(simulated.busyCores / (utilization * vcpu)).toBeCloseTo(1, 2);
  },
);
