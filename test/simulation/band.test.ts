import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, bandOver, type SeedOutcome, typicalOutcomeIndex } from '../../src/simulation/band';
import { totals as totalsOf } from '../totals';

function run(maxTasks: number, failedRequests = 0, secondsOverTarget = 0): SeedOutcome {
  return { kind: 'forecast', activities: [], totals: totalsOf({ maxTasks, failedRequests, secondsOverTarget }) };
}

test.each([
  ['the only one', [run(3)], 0],
  ['the one whose most tasks are the median', [run(2), run(4), run(3)], 2],
  [
    'of several with so many tasks, the one nearest to the median of the failed requests',
    [run(3, 90), run(3, 10), run(2, 20), run(4, 0)],
    1,
  ],
  ['and then of the time over target', [run(3, 5, 900), run(3, 5, 300), run(3, 5, 100)], 1],
  ['the first, where all are alike', [run(3), run(3)], 0],
])('shows %s', (_, runs, shown) => {
  expect(typicalOutcomeIndex(runs)).toBe(shown);
});

test('shows a run whose maximum of tasks is the median of the band, whatever the runs', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(10), fc.nat(100), fc.nat(1000)), { minLength: 1, maxLength: 30 }), (drawn) => {
      const runs = drawn.map((numbers) => run(...numbers));
      expect(runs[typicalOutcomeIndex(runs)]!.totals.maxTasks).toBe(bandOver(runs).maxTasks.median);
    }),
  );
});

test('a band has percentiles, the maximum of all seeds, and how many seeds have the number', () => {
  const values = Array.from({ length: 100 }, (_, index) => index);
  expect(bandOf(values)).toEqual({ low: 5, median: 50, high: 94, max: 99, seeds: 100 });
  expect(bandOf([7])).toEqual({ low: 7, median: 7, high: 7, max: 7, seeds: 1 });
  expect(bandOf([])).toBeUndefined();
});

test('the band of the first scale-out says how many of the seeds scaled out', () => {
  const counts = { baseCapacity: 2, computedCapacity: 3, fromCapacity: 2, toCapacity: 3 };
  const scaleOut = { startSeconds: 240, statusCode: 'Successful', origin: 'target-tracking', cause: 'an alarm', ...counts } as const;
  const scaled: SeedOutcome = { ...run(3), activities: [scaleOut] };
  const band = bandOver([run(2), scaled, run(2)]);
  expect(band).toMatchObject({ seeds: 3, firstScaleOutSeconds: { median: 240, seeds: 1 }, firstScaleInSeconds: undefined });
});
