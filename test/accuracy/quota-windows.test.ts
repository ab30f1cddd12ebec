import { describe, expect, test } from 'vitest';
import { queueingModelOf } from '../../src/simulation/queueing/queueing-model';
import { quotaWindows } from '../../src/simulation/queueing/quota-windows';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { simulateTask } from './simulated-task';

function pairAt(cpuSecondsPerRequest: number, utilization: number, vcpu: number) {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, idleVcpu: 0, baseLatencySeconds: 0 };
  const service = quotaWindows(workload, vcpu);
  const requestsPerSecond = utilization * service.capacityPerSecond;
  const load = { cpuSecondsPerRequest, requestsPerSecond, cores: vcpu, requests: 300_000, seed: 5 };
  const band = queueingModelOf(workload, vcpu).latencyAt(requestsPerSecond);
  return { said: service.latencyAt(requestsPerSecond), band, simulated: simulateTask({ ...load, quota: { wholeCores: 1 } }) };
}

const off = (said: number, simulated: number): number => Math.abs(said / simulated - 1);

describe('compared with a simulation request by request, of a whole core that is throttled when the quota of a window is used up', () => {
  test.each([
    [0.0002, 0.6, 0.25],
    [0.0002, 0.95, 0.25],
    [0.001, 0.3, 0.25],
    [0.001, 0.8, 0.25],
    [0.001, 0.9, 0.25],
    [0.003, 0.6, 0.25],
    [0.005, 0.3, 0.25],
    [0.003, 0.9, 0.25],
    [0.01, 0.8, 0.25],
    [0.03, 0.8, 0.25],
    [0.001, 0.9, 0.5],
    [0.005, 0.6, 0.5],
    [0.01, 0.8, 0.5],
  ])('%d s of CPU at %d of %d vCPU: the mean is within a fifth', (cpuSeconds, utilization, vcpu) => {
    const { said, simulated } = pairAt(cpuSeconds, utilization, vcpu);
    expect(off(said.mean, simulated.mean)).toBeLessThan(0.2);
  });

  test.each([
    [0.0002, 0.6, 0.25],
    [0.001, 0.3, 0.25],
    [0.001, 0.9, 0.25],
    [0.003, 0.9, 0.25],
    [0.01, 0.8, 0.25],
    [0.001, 0.9, 0.5],
    [0.01, 0.8, 0.5],
  ])('%d s of CPU at %d of %d vCPU: the 95th and the 99th percentile are within a quarter', (cpuSeconds, utilization, vcpu) => {
    const { said, simulated } = pairAt(cpuSeconds, utilization, vcpu);
    expect(off(said.p95, simulated.p95)).toBeLessThan(0.25);
    expect(off(said.p99, simulated.p99), `${said.p99} ${simulated.p99}`).toBeLessThan(0.25);
  });

  test.each([
    [0.001, 0.7],
    [0.003, 0.4],
    [0.005, 0.3],
  ])(
    '%d s of CPU at %d of 0.25 vCPU, where throttling begins to reach the 99th percentile, it is within a factor of three, and in the range of both models',
    (cpuSeconds, utilization) => {
      const { said, simulated, band } = pairAt(cpuSeconds, utilization, 0.25);
      expect(simulated.p99 / said.p99).toBeGreaterThan(1);
      expect(simulated.p99 / said.p99).toBeLessThan(3);
      expect(simulated.p99).toBeLessThan(band.p99High);
      expect(simulated.p99).toBeGreaterThan(band.p99Low);
    },
  );

  test('where throttling begins to reach the 95th percentile, it is within a factor of two', () => {
    const { said, simulated } = pairAt(0.003, 0.6, 0.25);
    expect(said.p95 / simulated.p95).toBeGreaterThan(0.5);
    expect(said.p95 / simulated.p95).toBeLessThan(2);
  });
});
