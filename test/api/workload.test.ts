import { Duration, Size } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsBehavior, LatencyModel, Workload, type WorkloadOptions } from '../../src';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';

describe('a measured workload', () => {
  test('does not round durations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (nanoseconds) => {
        const { cpuSecondsPerRequest } = Workload.of({ cpuPerRequest: Duration.millis(nanoseconds / 1_000_000) })._workload();
        expect(cpuSecondsPerRequest).toBe(Number((nanoseconds / 1e9).toPrecision(12)));
      }),
    );
    expect(Workload.of({ cpuPerRequest: Duration.millis(0.12) })._workload().cpuSecondsPerRequest).toBe(0.000_12);
  });

  test('takes every number that is given', () => {
    const workload = Workload.of({
      cpuPerRequest: Duration.millis(2),
      cpuPerWakeUp: Duration.millis(0.1),
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
      cpuSecondsPerWakeUp: 0.0001,
      idleVcpu: 0.02,
      baseLatencySeconds: 0.005,
      startUpSeconds: 20,
      stopSeconds: 3,
      idleMemoryMiB: 128,
      memoryMiBPerConcurrentRequest: 0.5,
      responseBytes: 20_480,
      newConnectionsPerRequest: 1,
      latencyModel: 'quota-windows',
    });
  });

  test('has the documented defaults for what is not given', () => {
    expect(Workload.of({ cpuPerRequest: Duration.millis(2) })._workload()).toEqual({
      cpuSecondsPerRequest: 0.002,
      cpuSecondsPerWakeUp: 0,
      idleVcpu: 0,
      baseLatencySeconds: 0,
      startUpSeconds: 1,
      stopSeconds: 5,
      idleMemoryMiB: 46,
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
    const loads = [100, 400, 800].map((rate) => ({ requestsPerSecond: rate, cpuPercent: cpuPercent(rate) }));
    const workload = Workload.fit(loads);
    expect(workload._workload().cpuSecondsPerRequest).toBeCloseTo(0.0002, 9);
    expect(workload._workload().idleVcpu).toBeCloseTo(0.02, 9);
    expect(workload.fittedLoads).toHaveLength(3);
    expect(workload.fittedLoads).toEqual(
      loads.map((load) => ({ requestsPerSecond: load.requestsPerSecond, tasks: 1, cpuPercent: expect.closeTo(load.cpuPercent, 6) })),
    );
  });

  test('rejects loads that are out of range', () => {
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

test('a workload without CPU per request is an error, also for a caller without types', () => {
  expect(() => Workload.of({} as unknown as WorkloadOptions)).toThrow('cpuPerRequest must be given, such as Duration.millis(2)');
});

test('JSON of settings is text, and the error of an object says so', () => {
  expect(() => AwsBehavior.fromJson({ scaleInStep: 'proportional' } as unknown as string)).toThrow('behavior must be JSON text such as');
});
