import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenShare } from '../../../src/simulation/queueing/processor-sharing';
import { queueingModelOf } from '../../../src/simulation/queueing/queueing-model';
import { quotaWindows } from '../../../src/simulation/queueing/quota-windows';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../../src/workload/workload-parameters';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows };

const workloads: fc.Arbitrary<Workload> = fc.record({
  cpuSecondsPerRequest: fc.double({ min: 0.0001, max: 0.05, noNaN: true }),
  cpuSecondsPerWakeUp: fc.constantFrom(0, 0.0002),
  idleVcpu: fc.double({ min: 0, max: 0.2, noNaN: true }),
  baseLatencySeconds: fc.double({ min: 0, max: 0.1, noNaN: true }),
  startUpSeconds: fc.constant(1),
  stopSeconds: fc.constant(1),
  idleMemoryMiB: fc.constant(0),
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

describe('the queueing model of a task', () => {
  test.each(['even-share', 'quota-windows'] as const)(
    'by %s is what the model says, between the lines of its table too',
    (latencyModel) => {
      const workload: Workload = { ...MEASURED_SEARCH_WORKLOAD, latencyModel };
      const queueingModel = queueingModelOf(workload, 0.25);
      const model = MODELS[latencyModel](workload, 0.25);
      for (let utilization = 0.0033; utilization < 0.99; utilization += 0.0171) {
        const rate = utilization * queueingModel.capacityPerSecond;
        for (const figure of ['mean', 'p50', 'p95', 'p99'] as const) {
          expect(near(queueingModel.latencyAt(rate)[figure], model.latencyAt(rate)[figure], 0.01), `${figure} at ${utilization}`).toBe(
            true,
          );
        }
      }
    },
  );

  test('has a 95th and a 99th percentile within their bands, and the same mean alone', () => {
    fc.assert(
      fc.property(workloads, sizes, utilizations, (workload, vcpu, utilization) => {
        const queueingModel = queueingModelOf(workload, vcpu);
        const rate = utilization * queueingModel.capacityPerSecond;
        const latency = queueingModel.latencyAt(rate);
        expect(latency.p95Low).toBeLessThanOrEqual(latency.p95);
        expect(latency.p95High).toBeGreaterThanOrEqual(latency.p95);
        expect(latency.p99Low).toBeLessThanOrEqual(latency.p99);
        expect(latency.p99High).toBeGreaterThanOrEqual(latency.p99);
        expect(latency.p50).toBeLessThanOrEqual(latency.p95);
        expect(latency.p95).toBeLessThanOrEqual(latency.p99);
        expect(latency.mean).toBeGreaterThan(workload.baseLatencySeconds);
        expect(queueingModel.meanAt(rate)).toBe(latency.mean);
      }),
    );
  });

  test('has a latency that grows continuously with the rate, if each request costs the same', () => {
    fc.assert(
      fc.property(workloads, sizes, utilizations, (withWakeUps, vcpu, utilization) => {
        const workload = { ...withWakeUps, cpuSecondsPerWakeUp: 0 };
        const queueingModel = queueingModelOf(workload, vcpu);
        const less = queueingModel.latencyAt(utilization * queueingModel.capacityPerSecond);
        const more = queueingModel.latencyAt((utilization + 0.0001) * queueingModel.capacityPerSecond);
        for (const figure of ['mean', 'p50', 'p95', 'p95Low', 'p95High', 'p99', 'p99Low', 'p99High'] as const) {
          // interpolated percentiles may fall by less than their precision.
          expect(more[figure], figure).toBeGreaterThanOrEqual(less[figure] * (1 - 1e-4));
          expect(more[figure] / less[figure], figure).toBeLessThan(1.25);
        }
      }),
    );
  });

  test('has the latency of a request that wakes the task up at first, and grows by no jumps', () => {
    fc.assert(
      fc.property(workloads, sizes, utilizations, (workload, vcpu, utilization) => {
        const queueingModel = queueingModelOf(workload, vcpu);
        const { cpuSecondsPerRequest, cpuSecondsPerWakeUp, baseLatencySeconds } = workload;
        const costSeconds = cpuSecondsPerRequest + cpuSecondsPerWakeUp;
        expect(queueingModel.meanAt(0)).toBeGreaterThanOrEqual((baseLatencySeconds + costSeconds) * (1 - 1e-9));
        const [less, more] = [0, 0.0001].map((step) => queueingModel.meanAt((utilization + step) * queueingModel.capacityPerSecond));
        expect(more! / less!).toBeGreaterThan(0.99);
        expect(more! / less!).toBeLessThan(1.25);
      }),
    );
  });

  test('keeps the latency just below the capacity for any higher rate', () => {
    const queueingModel = queueingModelOf(MEASURED_SEARCH_WORKLOAD, 0.25);
    const full = queueingModel.latencyAt(queueingModel.capacityPerSecond);
    expect(queueingModel.latencyAt(2 * queueingModel.capacityPerSecond)).toEqual(full);
    expect(Number.isFinite(full.p99High)).toBe(true);
  });

  test.each([
    [1e-12, 0.25, 0],
    [1e6, 0.25, 0.249_999_9],
    [0.001, 16, 15.5],
    [0.001, 192, 0],
    [100, 3000, 3],
  ])('of %d s of CPU on %d vCPU, %d of them idle CPU, has a finite latency', (cpuSecondsPerRequest, vcpu, idleVcpu) => {
    for (const latencyModel of ['even-share', 'quota-windows'] as const) {
      const queueingModel = queueingModelOf({ ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, idleVcpu, latencyModel }, vcpu);
      for (const utilization of [0, 1e-15, 0.5, 0.99, 2]) {
        const latencies = Object.values(queueingModel.latencyAt(utilization * queueingModel.capacityPerSecond));
        expect(latencies.every((latency) => Number.isFinite(latency) && latency > 0)).toBe(true);
      }
    }
  });

  test('is created once for a workload and a task size', () => {
    expect(queueingModelOf(MEASURED_SEARCH_WORKLOAD, 0.25)).toBe(queueingModelOf(MEASURED_SEARCH_WORKLOAD, 0.25));
    expect(queueingModelOf(MEASURED_SEARCH_WORKLOAD, 0.5)).not.toBe(queueingModelOf(MEASURED_SEARCH_WORKLOAD, 0.25));
  });
});
