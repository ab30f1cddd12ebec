import { expect, test } from 'vitest';
import { TargetHealth } from '../../../rehearsal/load-balancer/target';

/** The state after each health check of a row, P passed and F failed, by its first letter. */
function statesAfter(checks: string, initialHealthChecks: number): string {
  const health = new TargetHealth({ initialHealthChecks, healthyThresholdCount: 3, unhealthyThresholdCount: 2 });
  const states = [...checks].map((check) => {
    if (check === 'P') health.recordPassedCheck();
    else health.recordFailedCheck();
    return health.state[0];
  });
  return states.join('');
}

test.each([
  // initial  checks      states
  [1, 'P', 'h'],
  [2, 'PP', 'ih'],
  [2, 'PFPP', 'iiih'],
  [1, 'FF', 'iu'],
  [1, 'FPFF', 'ihhu'],
  [1, 'PFPFF', 'hhhhu'],
  [1, 'FFPP', 'iuuu'],
  [1, 'FFPPP', 'iuuuh'],
  [1, 'FFPPFPPP', 'iuuuuuuh'],
  [5, 'FFPPP', 'iuuuh'],
])('with %d initial checks, a target with the checks %s has the states %s', (initialHealthChecks, checks, states) => {
  expect(statesAfter(checks, initialHealthChecks)).toBe(states);
});

test.each([
  ['', false],
  ['P', false],
  ['F', true],
  ['FP', false],
  ['PF', false],
  ['FFP', true],
])('after %j, that a target is failing is %s', (checks, isFailing) => {
  const health = new TargetHealth({ initialHealthChecks: 1, healthyThresholdCount: 3, unhealthyThresholdCount: 2 });
  for (const check of checks) {
    if (check === 'P') health.recordPassedCheck();
    else health.recordFailedCheck();
  }
  expect(health.isFailing).toBe(isFailing);
});
