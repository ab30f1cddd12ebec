import { describe, expect, test } from 'vitest';
import { fitWorkload } from '../../src/simulation/fit-workload';

const VCPU = 0.25;

/** The search service at seven operating points: tasks, requests per second, CPU, the tolerance of a fit, and its weight. */
const MEASURED = [
  [1, 888, 52.8, 4, 1],
  [1, 867, 54.1, 4, 1],
  [2, 819, 35.3, 4, 1],
  [2, 2976, 85.9, 4, 1],
  [3, 2976, 57, 4, 1],
  // another test ran during some of these minutes.
  [1, 154, 26.2, 8, 0.2],
  [2, 153, 9.96, 8, 0.2],
] as const;

describe('a fit to the measured search service', () => {
  const { workload, points } = fitWorkload(
    MEASURED.map(([tasks, requestsPerSecond, cpuPercent, , weight]) => ({ tasks, requestsPerSecond, cpuPercent, weight })),
    VCPU,
  );

  test.each(MEASURED.map((row, index) => [...row, index] as const))(
    '%d tasks at %d requests per second: %d %% CPU within %d points',
    (_tasks, _rate, cpuPercent, tolerance, _weight, index) => {
      expect(Math.abs(points[index]!.cpuPercent.fitted - cpuPercent)).toBeLessThan(tolerance);
    },
  );

  test('finds 0.12 ms of CPU per request, within a quarter', () => {
    expect(Math.abs(workload.cpuSecondsPerRequest / 0.000_12 - 1)).toBeLessThan(0.25);
  });
});
