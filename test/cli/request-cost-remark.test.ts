import { expect, test } from 'vitest';
import { requestCostRemark } from '../../cli/request-cost-remark';
import { happening, SCENARIO } from './costly-requests';

function remarkOn(times: number): string | undefined {
  return requestCostRemark(SCENARIO, happening(1), happening(times));
}

test('says how much more a request cost, and what the forecast would be with that', () => {
  expect(remarkOn(1.3)).toMatch(
    /^a request cost 0\.15\d ms of CPU here and 0\.12 ms when it was measured, (29|30|31) % more: this machine was slower than then, .* the forecast would be 2 -> 3 tasks, and its most CPU in a minute (69|7\d) %$/,
  );
});

test('says how much less it cost, and that the forecast would be the same', () => {
  expect(remarkOn(0.7)).toMatch(
    / (29|30|31) % less: this machine was quicker than then, .* the forecast is as before, and its most CPU in a minute 4\d %$/,
  );
});

test.each([0.92, 1, 1.08])('is not made where it cost %f of what was measured', (times) => {
  expect(remarkOn(times)).toBeUndefined();
});
