import { Duration, Size } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LatencyModel, Workload } from '../../src';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';

describe('a measured workload', () => {
  test('keeps every fraction of a duration, without dust', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (nanoseconds) => {
        const { cpuSecondsPerRequest } = Workload.measured({ cpuPerRequest: Duration.millis(nanoseconds / 1_000_000) })._workload();
        expect(cpuSecondsPerRequest).toBe(Number((nanoseconds / 1e9).toPrecision(12)));
      }),
    );
    expect(Workload.measured({ cpuPerRequest: Duration.millis(0.12) })._workload().cpuSecondsPerRequest).toBe(0.000_12);
  });

  test('takes every number that it is told', () => {
    const workload = Workload.measured({
      cpuPerRequest: Duration.millis(2),
      idleVcpu: 0.02,
      baseLatency: Duration.millis(5),
      startUpTime: Duration.seconds(20),
      stopTime: Duration.seconds(3),
      idleMemory: Size.mebibytes(128),
      memoryPerConcurrentRequest: Size.kibibytes(512),
      responseSize: Size.kibibytes(20),
      newConnectionsPerRequest: 1,
      latencyModel: LatencyModel.QUOTA_WINDOWS,
    });
    expect(workload._workload()).toEqual({
      cpuSecondsPerRequest: 0.002,
      fixedCores: 0.02,
      baseLatencySeconds: 0.005,
      startSeconds: 20,
      stopSeconds: 3,
      fixedMemoryMiB: 128,
      memoryMiBPerConcurrentRequest: 0.5,
      responseBytes: 20_480,
      newConnectionsPerRequest: 1,
      latencyModel: 'quota-windows',
    });
  });

  test('has the documented defaults for what it is not told', () => {
    expect(Workload.measured({ cpuPerRequest: Duration.millis(2) })._workload()).toEqual({
      cpuSecondsPerRequest: 0.002,
      fixedCores: 0,
      baseLatencySeconds: 0,
      startSeconds: 1,
      stopSeconds: 5,
      fixedMemoryMiB: 46,
      memoryMiBPerConcurrentRequest: 0,
      responseBytes: 1000,
      newConnectionsPerRequest: 0.01,
      latencyModel: 'even-share',
    });
  });
});

describe('a fitted workload', () => {
  test('finds the line that loads lie on, and says how far each is off', () => {
    const cpuPercent = (rate: number): number => (100 * (0.02 + rate * 0.0002)) / 0.25;
    const workload = Workload.fit([100, 400, 800].map((rate) => ({ requestsPerSecond: rate, cpuPercent: cpuPercent(rate) })));
    expect(workload._workload().cpuSecondsPerRequest).toBeCloseTo(0.0002, 9);
    expect(workload._workload().fixedCores).toBeCloseTo(0.02, 9);
    expect(workload.fittedLoads).toHaveLength(3);
    for (const load of workload.fittedLoads) expect(load.fittedCpuPercent).toBeCloseTo(load.measuredCpuPercent, 6);
  });

  test('is refused for loads that nobody can have measured', () => {
    expect(() => Workload.fit([{ requestsPerSecond: -1, cpuPercent: 101 }])).toThrow(
      [
        'a workload must be fitted to at least 2 points, got 1',
        'point 1: requests per second must be at least 0, got -1',
        'point 1: CPU must be from 0 to 100 %, got 101',
      ].join('\n'),
    );
  });
});

test('the reference search service is the one that was measured', () => {
  expect(Workload.referenceSearchService()._workload()).toBe(MEASURED_SEARCH_WORKLOAD);
});
