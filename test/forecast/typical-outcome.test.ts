import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOver, type SeedOutcome } from '../../src/forecast/band';
import { typicalOutcome } from '../../src/forecast/typical-outcome';
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
  expect(typicalOutcome(runs)).toBe(shown);
});

test('shows a run whose most tasks are the median that the band tells, whatever the runs', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(10), fc.nat(100), fc.nat(1000)), { minLength: 1, maxLength: 30 }), (drawn) => {
      const runs = drawn.map((numbers) => run(...numbers));
      expect(runs[typicalOutcome(runs)]!.totals.maxTasks).toBe(bandOver(runs).maxTasks.median);
    }),
  );
});
