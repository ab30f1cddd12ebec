import { planMistakes } from '../plan/plan-mistakes';
import { vcpuOf } from '../plan/task-size';
import { durationInWords } from './duration';
import { faultMistakes } from './fault';
import type { Scenario } from './scenario';
import { trafficSeconds } from './traffic';
import { trafficMistakes } from './traffic-mistakes';
import { workloadMistakes } from './workload';

const MOST_SEED = 2 ** 32 - 1;

/** The tasks of one service, at most (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). */
const MOST_TASKS = 5000;

/** Returns one sentence for each part of the question that has no answer. */
export function scenarioMistakes(scenario: Scenario): string[] {
  const { plan, workload, traffic, seed, imageMegabytes = 0 } = scenario;
  const mistakesOfTraffic = trafficMistakes(traffic);
  return [
    ...planMistakes(plan),
    ...(plan.policy.maxCapacity > MOST_TASKS ? [`maxCapacity must be at most ${MOST_TASKS}, got ${plan.policy.maxCapacity}`] : []),
    ...workloadMistakes(workload, vcpuOf(plan.task)),
    ...mistakesOfTraffic,
    ...(scenario.faults ?? []).flatMap(faultMistakes),
    // when traffic that cannot be would end, nobody can say.
    ...(mistakesOfTraffic.length > 0 ? [] : lateMistakes(scenario)),
    ...targetMistakes(scenario),
    ...(isAtLeast(0, imageMegabytes) ? [] : [`image size must be at least 0, got ${imageMegabytes} MB`]),
    ...(Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED
      ? []
      : [`seed must be a whole number from 0 to ${MOST_SEED}, got ${seed}`]),
  ];
}

/** Returns one sentence for each thing that comes after the end: it would change nothing, and nobody means that. */
export function lateMistakes({
  traffic,
  faults = [],
  policyChanges = [],
  predictedMinimums = [],
}: Pick<Scenario, 'traffic' | 'faults' | 'policyChanges' | 'predictedMinimums'>): string[] {
  const endSeconds = trafficSeconds(traffic);
  const moments = [
    ...faults.map(({ kind, atSeconds }) => ({ name: kind as string, atSeconds })),
    ...policyChanges.map(({ atSeconds }) => ({ name: 'a policy change', atSeconds })),
    ...predictedMinimums.map(({ atSeconds }) => ({ name: 'a predicted minimum', atSeconds })),
  ];
  return moments
    .filter(({ atSeconds }) => atSeconds >= endSeconds)
    .map(
      ({ name, atSeconds }) =>
        `${name} must come before the traffic ends at ${durationInWords(endSeconds)}, got ${durationInWords(atSeconds)}`,
    );
}

function targetMistakes({ plan, policyChanges = [], predictedMinimums = [] }: Scenario): string[] {
  const names = plan.policy.targetTracking.map(({ name }) => name);
  return [
    ...policyChanges
      .filter(({ policyName }) => policyName !== undefined && !names.includes(policyName))
      .map(({ policyName }) => `a policy change must name one of ${names.join(', ')}, got '${policyName}'`),
    ...policyChanges
      .filter(({ targetValue }) => !(targetValue > 0 && Number.isFinite(targetValue)))
      .map(({ targetValue }) => `a policy change must set a target above 0, got ${targetValue}`),
    ...predictedMinimums
      .filter(({ minCapacity }) => !Number.isInteger(minCapacity) || minCapacity < 0)
      .map(({ minCapacity }) => `a predicted minimum must be a whole number of at least 0, got ${minCapacity}`),
  ];
}

function isAtLeast(least: number, value: number): boolean {
  return value >= least && Number.isFinite(value);
}
