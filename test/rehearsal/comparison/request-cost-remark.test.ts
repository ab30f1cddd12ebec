import { expect, test } from 'vitest';
import { requestCostRemark } from '../../../rehearsal/comparison/request-cost';
import { outcomeWithCost, SCENARIO } from './costly-requests';

function remarkOn(times: number): string | undefined {
  return requestCostRemark(SCENARIO, outcomeWithCost(1), outcomeWithCost(times))[0];
}

test('reports how much more a request cost, and the forecast with that cost', () => {
  expect(remarkOn(1.3)).toMatch(
    /^a request cost 0\.15\d ms of CPU here and 0\.12 ms when it was measured, (29|30|31) % more: this machine was slower than then, .* the forecast would be 2 -> 3 tasks, with at most (69|7\d) % CPU in a minute$/,
  );
});

test('reports how much less it cost, and that the forecast is the same', () => {
  expect(remarkOn(0.7)).toMatch(
    / (29|30|31) % less: this machine was faster than then, .* the forecast is the same, with at most 4\d % CPU in a minute$/,
  );
});

test.each([0.92, 1, 1.08])('does not remark on %f times the measured cost', (times) => {
  expect(remarkOn(times)).toBeUndefined();
});
