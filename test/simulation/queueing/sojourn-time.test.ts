import { describe, expect, test } from 'vitest';
import { sojournShape, sojournShapes } from '../../../src/simulation/queueing/processor-sharing';

describe('the time of a request in service', () => {
  test('is distributed exponentially for a request that is alone', () => {
    expect(sojournShape(0, 1).p50).toBeCloseTo(Math.log(2), 4);
    expect(sojournShape(0, 1).p95).toBeCloseTo(Math.log(20), 4);
    expect(sojournShape(0, 1).p99).toBeCloseTo(Math.log(100), 4);
  });

  test('has a heavier tail at higher utilization, up to the product of two exponential variables', () => {
    const p95 = [0, 0.3, 0.6, 0.9, 0.97].map((utilization) => sojournShape(utilization, 1).p95);
    expect(p95).toEqual([...p95].sort((a, b) => a - b));
    expect(sojournShape(0.99, 1).p95).toBeCloseTo(3.997, 1);
    expect(Math.abs(sojournShape(0.99, 1).p99 / 8.315 - 1)).toBeLessThan(0.01);
    expect(sojournShape(0.99, 1).p50).toBeCloseTo(0.395, 2);
  });

  test('does not depend on how slow a single core is', () => {
    expect(sojournShape(0.7, 0.25).p95).toBeCloseTo(sojournShape(0.7, 1).p95, 9);
  });

  test('is hardly longer than its CPU time on many cores', () => {
    expect(sojournShape(0.5, 16).p95).toBeCloseTo(Math.log(20), 2);
  });
});

test.each([0.25, 1, 2, 4])(
  'with %d cores the linear interpolation is within a hundredth of the shape, and of the 99th percentile a little more',
  (cores) => {
    const shapeAt = sojournShapes(cores);
    for (const utilization of [0.1, 0.3, 0.5, 0.65, 0.85, 0.925, 0.97]) {
      const exact = sojournShape(utilization, cores);
      for (const [name, share] of [
        ['p50', 0.01],
        ['p95', 0.01],
        ['p99', 0.015],
      ] as const) {
        expect(Math.abs(shapeAt(utilization)[name] / exact[name] - 1), `${name} at ${utilization}`).toBeLessThan(share);
      }
    }
  },
);
