import { expect, test } from 'vitest';
import { lossNotSurvivedShare } from '../../src/decide/candidate';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** The share of the time in which two tasks, of which one is lost, could not serve the traffic. */
function shareUnder(traffic: string): number {
  const plan = searchPlan(2, 2, [cpuTarget(70)]);
  const scenario = { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic(traffic), behavior: AWS_BEHAVIOR, seed: 1 };
  return lossNotSurvivedShare(scenario, forecast(scenario), { tasksLost: 1 });
}

test.each([
  ['a rate that one task can serve', 'rps 1500 for 10m', 0],
  ['a rate that needs both tasks', 'rps 3000 for 10m', 1],
  ['users who send that rate, as they wait longer for one task', 'users 94 for 10m', 0],
  ['more users than one task can respond to within the idle timeout', 'users 120000 for 10m', 1],
])('after the loss of one of two tasks, the time without service under %s', (_, traffic, share) => {
  expect(shareUnder(traffic)).toBe(share);
});
