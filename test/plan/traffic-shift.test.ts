import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { canarySteps, linearSteps, trafficShiftErrors } from '../../src/plan/deployment-settings';

test.each([
  ['a canary of 5 %', canarySteps(5, 600), [0.05]],
  ['a canary of everything is none', canarySteps(100, 600), []],
  ['steps of 25 %', linearSteps(25, 360), [0.25, 0.5, 0.75]],
  ['steps of 30 %, the last of which is smaller', linearSteps(30, 360), [0.3, 0.6, 0.9]],
  ['a step of everything is none', linearSteps(100, 360), []],
])('%s', (_, steps, shares) => {
  expect(steps.map(({ newRevisionShare }) => newRevisionShare)).toEqual(shares);
});

test.each([
  [{ steps: [], bakeSeconds: 0 }, []],
  [{ steps: [], bakeSeconds: -1 }, ['a step of a traffic shift must last at least 0 seconds, got -1']],
  [
    { steps: [{ newRevisionShare: 1, stepBakeSeconds: 60 }], bakeSeconds: 0 },
    ['a traffic shift must move above 0 and below 100 percent in a step, got 100'],
  ],
])('%j is judged as %j', (shift, errors) => {
  expect(trafficShiftErrors(shift).map(formatError)).toEqual(errors);
});
