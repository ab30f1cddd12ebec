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
      stopSeconds: 1,
      fixedMemoryMiB: 46,
      memoryMiBPerConcurrentRequest: 0,
      responseBytes: 1000,
      newConnectionsPerRequest: 0.01,
      latencyModel: 'even-share',
    });
  });
});

test('the reference search service is the one that was measured', () => {
  expect(Workload.referenceSearchService()._workload()).toBe(MEASURED_SEARCH_WORKLOAD);
});
