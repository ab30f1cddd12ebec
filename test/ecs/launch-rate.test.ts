import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LaunchRate } from '../../src/ecs/service-tasks';

/** When launches begin that are requested at these seconds. */
function launches(seconds: readonly number[]): number[] {
  const rate = new LaunchRate();
  return seconds.map((second) => rate.reserveLaunch(second));
}

test('100 tasks are launched at once, then 20 in a second', () => {
  const starts = launches(new Array<number>(141).fill(0));
  expect(starts.slice(0, 100).every((start) => start === 0)).toBe(true);
  expect(starts[100]).toBeCloseTo(0.05, 9);
  expect(starts[119]).toBeCloseTo(1, 9);
  expect(starts[139]).toBeCloseTo(2, 9);
});

test('500 tasks are launched in a minute', () => {
  const starts = launches(new Array<number>(1001).fill(0));
  expect(starts[499]).toBeCloseTo(20, 6);
  expect(starts[500]).toBeCloseTo(60, 6);
  expect(starts[1000]).toBeCloseTo(120, 6);
});

test('a pause fills the bucket again, up to its size', () => {
  const starts = launches([...new Array<number>(100).fill(0), ...new Array<number>(101).fill(1000)]);
  expect(starts[199]).toBe(1000);
  expect(starts[200]).toBeCloseTo(1000.05, 9);
});

test('at most 100 tasks and 20 a second are launched, and at most 500 in any minute, whatever the requests', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 300 })), { maxLength: 8 }), (bursts) => {
      let now = 0;
      const asked = bursts.flatMap(([pause, count]) => {
        now += pause;
        return new Array<number>(count).fill(now);
      });
      const starts = launches(asked);
      starts.forEach((start, index) => {
        expect(start).toBeGreaterThanOrEqual(asked[index]!);
        expect(index + 1).toBeLessThanOrEqual(100 + 20 * start + 1e-6);
        if (index >= 500) expect(start - starts[index - 500]!).toBeGreaterThanOrEqual(60 - 1e-6);
      });
    }),
  );
});
