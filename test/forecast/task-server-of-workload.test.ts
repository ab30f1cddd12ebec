import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenShare } from '../../src/forecast/even-share';
import { quotaWindows } from '../../src/forecast/quota-windows';
import { taskServerOf } from '../../src/forecast/task-server-of-workload';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/scenario/workload';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows };

const workloads: fc.Arbitrary<Workload> = fc.record({
  cpuSecondsPerRequest: fc.double({ min: 0.0001, max: 0.05, noNaN: true }),
  fixedCores: fc.double({ min: 0, max: 0.2, noNaN: true }),
  baseLatencySeconds: fc.double({ min: 0, max: 0.1, noNaN: true }),
  startSeconds: fc.constant(1),
  stopSeconds: fc.constant(1),
  fixedMemoryMiB: fc.constant(0),
  memoryMiBPerConcurrentRequest: fc.constant(0),
  responseBytes: fc.constant(0),
  newConnectionsPerRequest: fc.constant(0),
  latencyModel: fc.constantFrom('even-share', 'quota-windows'),
});
const sizes = fc.constantFrom(0.25, 0.5, 1, 2, 4, 16);
const utilizations = fc.double({ min: 0, max: 0.998, noNaN: true });

function near(value: number, other: number, share: number): boolean {
  return Math.abs(value - other) <= share * Math.max(value, other);
}

describe('a task as a server', () => {
  test.each(['even-share', 'quota-windows'] as const)(
    'by %s is what the model says, between the lines of its table too',
    (latencyModel) => {
      const workload: Workload = { ...MEASURED_SEARCH_WORKLOAD, latencyModel };
      const server = taskServerOf(workload, 0.25);
      const model = MODELS[latencyModel](workload, 0.25);
      for (let utilization = 0.0033; utilization < 0.99; utilization += 0.0171) {
        const rate = utilization * server.capacityPerSecond;
        for (const figure of ['mean', 'p50', 'p95'] as const) {
          expect(near(server.latencyAt(rate)[figure], model.latencyAt(rate)[figure], 0.01), `${figure} at ${utilization}`).toBe(true);
        }
      }
    },
  );

  test('has a 95th percentile within its band, and a mean that is the mean of its latency', () => {
    fc.assert(
      fc.property(workloads, sizes, utilizations, (workload, vcpu, utilization) => {
        const server = taskServerOf(workload, vcpu);
        const rate = utilization * server.capacityPerSecond;
        const latency = server.latencyAt(rate);
        expect(latency.p95Low).toBeLessThanOrEqual(latency.p95);
        expect(latency.p95High).toBeGreaterThanOrEqual(latency.p95);
        expect(latency.p50).toBeLessThanOrEqual(latency.p95);
        expect(latency.mean).toBeGreaterThan(workload.baseLatencySeconds);
        expect(server.meanAt(rate)).toBe(latency.mean);
      }),
    );
  });

  test('takes longer the more it serves, without a jump', () => {
    fc.assert(
      fc.property(workloads, sizes, utilizations, (workload, vcpu, utilization) => {
        const server = taskServerOf(workload, vcpu);
        const less = server.latencyAt(utilization * server.capacityPerSecond);
        const more = server.latencyAt((utilization + 0.0001) * server.capacityPerSecond);
        for (const figure of ['mean', 'p50', 'p95', 'p95Low', 'p95High'] as const) {
          // percentiles are lines between knots: they may fall by less than is known of them.
          expect(more[figure], figure).toBeGreaterThanOrEqual(less[figure] * (1 - 1e-4));
          expect(more[figure] / less[figure], figure).toBeLessThan(1.25);
        }
      }),
    );
  });

  test('keeps the latency just below capacity for any rate above', () => {
    const server = taskServerOf(MEASURED_SEARCH_WORKLOAD, 0.25);
    const full = server.latencyAt(server.capacityPerSecond);
    expect(server.latencyAt(2 * server.capacityPerSecond)).toEqual(full);
    expect(Number.isFinite(full.p95High)).toBe(true);
  });

  test.each([
    [1e-12, 0.25, 0],
    [1e6, 0.25, 0.249_999_9],
    [0.001, 16, 15.5],
    [0.001, 192, 0],
    [100, 3000, 3],
  ])('of %d s of CPU on %d vCPU, %d of them fixed, has a latency that is a number', (cpuSecondsPerRequest, vcpu, fixedCores) => {
    for (const latencyModel of ['even-share', 'quota-windows'] as const) {
      const server = taskServerOf({ ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, fixedCores, latencyModel }, vcpu);
      for (const utilization of [0, 1e-15, 0.5, 0.99, 2]) {
        const latencies = Object.values(server.latencyAt(utilization * server.capacityPerSecond));
        expect(latencies.every((latency) => Number.isFinite(latency) && latency > 0)).toBe(true);
      }
    }
  });

  test('is made once for a workload and a size', () => {
    expect(taskServerOf(MEASURED_SEARCH_WORKLOAD, 0.25)).toBe(taskServerOf(MEASURED_SEARCH_WORKLOAD, 0.25));
    expect(taskServerOf(MEASURED_SEARCH_WORKLOAD, 0.5)).not.toBe(taskServerOf(MEASURED_SEARCH_WORKLOAD, 0.25));
  });
});
