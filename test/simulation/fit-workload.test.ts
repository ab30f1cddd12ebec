import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputError } from '../../src/parse/input-error';
import { fitWorkload } from '../../src/simulation/fit-workload';
import { queueingModelOf } from '../../src/simulation/queueing/queueing-model';
import type { MeasuredPoint } from '../../src/workload/fit-cpu';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';

const VCPU = 0.25;

/** The report of a load test of a workload that follows the model exactly. */
function measured(workload: Workload, utilization: number, tasks: number): MeasuredPoint {
  const queueingModel = queueingModelOf(workload, VCPU);
  const rate = utilization * queueingModel.capacityPerSecond;
  const latency = queueingModel.latencyAt(rate);
  return {
    requestsPerSecond: rate * tasks,
    tasks,
    cpuPercent: (100 * (workload.idleVcpu + rate * workload.cpuSecondsPerRequest)) / VCPU,
    meanMillis: 1000 * latency.mean,
    p95Millis: 1000 * latency.p95,
  };
}

describe('the 99th percentile of measured points', () => {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.002, baseLatencySeconds: 0.02 };
  const points = [0.2, 0.5, 0.8].map((utilization) => measured(workload, utilization, 1));
  const p99Millis = ({ requestsPerSecond }: MeasuredPoint): number =>
    1000 * queueingModelOf(workload, VCPU).latencyAt(requestsPerSecond).p99;

  test('is compared with the fit, and does not change it', () => {
    const fit = fitWorkload(
      points.map((point) => ({ ...point, p99Millis: 3 * p99Millis(point) })),
      VCPU,
    );
    expect(fit.workload).toEqual(fitWorkload(points, VCPU).workload);
    for (const { p99Millis: both } of fit.points) expect(both!.fitted / both!.measured).toBeCloseTo(1 / 3, 2);
    expect(fit.points).toHaveLength(3);
  });

  test('is fitted if it is the only latency', () => {
    const alone = points.map(({ requestsPerSecond, tasks, cpuPercent, ...point }) => ({
      requestsPerSecond,
      tasks,
      cpuPercent,
      p99Millis: p99Millis({ requestsPerSecond, tasks, cpuPercent, ...point }),
    }));
    const fit = fitWorkload(alone, VCPU);
    expect(fit.workload.latencyModel).toBe(workload.latencyModel);
    expect(fit.workload.baseLatencySeconds).toBeCloseTo(0.02, 4);
  });
});

describe('a fit to points', () => {
  test('of a workload recovers its numbers and its latency model', () => {
    const workloads = fc.record({
      cpuSecondsPerRequest: fc.double({ min: 0.0005, max: 0.02, noNaN: true }),
      idleVcpu: fc.double({ min: 0, max: 0.1, noNaN: true }),
      baseLatencySeconds: fc.double({ min: 0, max: 0.05, noNaN: true }),
      latencyModel: fc.constantFrom('even-share' as const, 'quota-windows' as const),
    });
    fc.assert(
      fc.property(workloads, (numbers) => {
        const workload = { ...MEASURED_SEARCH_WORKLOAD, ...numbers };
        const points = [0.1, 0.4, 0.7, 0.85].map((utilization, index) => measured(workload, utilization, 1 + index));
        const fit = fitWorkload(points, VCPU);
        expect(fit.workload.latencyModel).toBe(workload.latencyModel);
        expect(fit.workload.cpuSecondsPerRequest / workload.cpuSecondsPerRequest).toBeCloseTo(1, 6);
        expect(fit.workload.idleVcpu).toBeCloseTo(workload.idleVcpu, 6);
        expect(fit.workload.baseLatencySeconds).toBeCloseTo(workload.baseLatencySeconds, 6);
        for (const { meanMillis } of fit.points) expect(meanMillis!.fitted / meanMillis!.measured).toBeCloseTo(1, 4);
      }),
      { numRuns: 40 },
    );
  });

  test('without latencies keeps the known latency', () => {
    const known = { ...MEASURED_SEARCH_WORKLOAD, baseLatencySeconds: 0.5, latencyModel: 'quota-windows' as const };
    const points = [
      { requestsPerSecond: 0, tasks: 1, cpuPercent: 10 },
      { requestsPerSecond: 100, tasks: 1, cpuPercent: 50 },
    ];
    const { workload, points: fitted } = fitWorkload(points, VCPU, known);
    expect(workload).toMatchObject({ baseLatencySeconds: 0.5, latencyModel: 'quota-windows' });
    expect(workload.cpuSecondsPerRequest).toBeCloseTo(0.001, 9);
    expect(workload.idleVcpu).toBeCloseTo(0.025, 9);
    expect(fitted[1]).toMatchObject({ cpuPercent: { measured: 50, fitted: expect.closeTo(50, 6) }, meanMillis: undefined });
  });

  test('uses medians where there is no mean', () => {
    const points = [
      { requestsPerSecond: 10, tasks: 1, cpuPercent: 4, p50Millis: 32.8 },
      { requestsPerSecond: 100, tasks: 1, cpuPercent: 40, p50Millis: 34.6 },
    ];
    expect(fitWorkload(points, VCPU).workload.baseLatencySeconds).toBeCloseTo(0.03, 3);
  });

  test('uses the weights of the points', () => {
    const points = [
      { requestsPerSecond: 0, tasks: 1, cpuPercent: 0 },
      { requestsPerSecond: 100, tasks: 1, cpuPercent: 40 },
      { requestsPerSecond: 200, tasks: 1, cpuPercent: 100, weight: 0.001 },
    ];
    expect(fitWorkload(points, VCPU).workload.cpuSecondsPerRequest).toBeCloseTo(0.001, 5);
  });

  test.each([
    [[], ['a workload must be fitted to at least 2 points, got 0']],
    [
      [
        { requestsPerSecond: -1, tasks: 0, cpuPercent: 101, weight: 0 },
        { requestsPerSecond: Number.NaN, tasks: 1, cpuPercent: 1, p95Millis: 0 },
      ],
      [
        'point 1: requests per second must be at least 0, got -1',
        'point 1: tasks must be a whole number of at least 1, got 0',
        'point 1: CPU must be from 0 to 100 %, got 101',
        'point 1: weight must be above 0, got 0',
        'point 2: requests per second must be at least 0, got NaN',
        'point 2: p95 latency must be above 0, got 0 ms',
      ],
    ],
    [
      [
        { requestsPerSecond: 100, tasks: 1, cpuPercent: 10 },
        { requestsPerSecond: 200, tasks: 2, cpuPercent: 10 },
      ],
      ['a task must be measured at different rates to find what a request costs, got 100 requests per second only'],
    ],
    [
      [
        { requestsPerSecond: 100, tasks: 1, cpuPercent: 50 },
        { requestsPerSecond: 200, tasks: 1, cpuPercent: 10 },
      ],
      ['the CPU of a task must grow with its requests to find what one costs, got less CPU at higher rates'],
    ],
  ])('%j is not valid', (points, errors) => {
    expect(() => fitWorkload(points, VCPU)).toThrowError(expect.objectContaining({ errors }) as InputError);
  });
});
