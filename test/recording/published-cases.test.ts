import { expect, test } from 'vitest';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecastSeeds } from '../../src/simulation/band';
import { fitWorkload } from '../../src/simulation/fit-workload';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { cases } from '../accuracy/scaling-cases.json';
import { cpuTarget, searchPlan } from '../search-plan';

interface PublishedPoint {
  readonly tasks: number;
  readonly rps: number;
  readonly cpu_pct: number;
  readonly weight?: number;
}

/** The operating points of a service on Fargate that were published with the CPU that CloudWatch reported. */
const PUBLISHED = cases.find(({ id }) => id === 'V03-s1-calibration-grid')!.points as unknown as readonly PublishedPoint[];
const POINTS = PUBLISHED.map(({ tasks, rps, cpu_pct, weight = 1 }) => ({ tasks, requestsPerSecond: rps, cpuPercent: cpu_pct, weight }));

const BUSY = 2000;
const PLAN = searchPlan(2, 4, [cpuTarget(70)]);
const { workload } = fitWorkload(
  POINTS.filter(({ requestsPerSecond }) => requestsPerSecond < BUSY),
  vcpuOf(PLAN.task),
);

test.each([
  [2, 85.9],
  [3, 57.0],
])('a workload fitted to at most 888 requests per second predicts the CPU of %d tasks at 2,976 within 6 points', (tasks, percent) => {
  const { cpuSecondsPerRequest, idleVcpu } = workload;
  const predicted = (100 * (idleVcpu + (cpuSecondsPerRequest * 2976) / tasks)) / vcpuOf(PLAN.task);
  expect(Math.abs(predicted - percent)).toBeLessThan(6);
});

test('it predicts the one activity that was observed under 120 users, from 2 to 3 tasks', () => {
  const traffic = parseTraffic('users 120 for 8m, at most 2980 rps');
  const outcomes = forecastSeeds(
    { plan: PLAN, workload: { ...workload, baseLatencySeconds: 0.031 }, traffic, behavior: AWS_BEHAVIOR, seed: 1 },
    100,
  );
  const counts = outcomes.map(({ activities }) => activities.map(({ fromCapacity, toCapacity }) => `${fromCapacity} ${toCapacity}`).join());
  expect(counts.filter((each) => each === '2 3').length).toBe(100);
});
