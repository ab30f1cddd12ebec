import { describe, expect, test } from 'vitest';
import { remarks } from '../../src/advice/remarks';
import { parseFault } from '../../src/faults/fault-grammar';
import type { Deployment } from '../../src/plan/deployment-settings';
import type { ContainerHealthCheck, TaskContainer } from '../../src/plan/task-containers';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const CHECK: ContainerHealthCheck = { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 0 };
const WEB: TaskContainer = { name: 'web', isServing: true, isEssential: true, dependsOn: [] };
const PROXY: TaskContainer = { ...WEB, name: 'proxy', isServing: false, healthCheck: CHECK };

function scenario(
  containers: readonly TaskContainer[] | undefined,
  faults: readonly string[],
  { startUpSeconds = 5, deployment = {} }: { startUpSeconds?: number; deployment?: Partial<Deployment> } = {},
): Scenario {
  const plan = searchPlan(2, 2, [cpuTarget(70)]);
  return {
    plan: { ...plan, containers, deployment: { ...plan.deployment, ...deployment } },
    workload: { ...MEASURED_SEARCH_WORKLOAD, startUpSeconds },
    traffic: parseTraffic('rps 200 for 30m'),
    behavior: AWS_BEHAVIOR,
    faults: faults.map(parseFault),
    seed: 3,
  };
}

function secondsOf({ events }: Outcome, kind: string): number {
  return events.find((event) => event.kind === kind)?.atSeconds ?? Number.NaN;
}

function deploymentSeconds(containers: readonly TaskContainer[] | undefined, startUpSeconds?: number): number {
  const outcome = forecast(scenario(containers, ['deploy at 5m'], startUpSeconds === undefined ? {} : { startUpSeconds }));
  return secondsOf(outcome, 'deployment-completed') - 300;
}

describe('a new task', () => {
  test('starts to serve an interval later if its container waits for a healthy one', () => {
    const waiting = [{ ...WEB, dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' as const }] }, PROXY];
    expect(deploymentSeconds(waiting) - deploymentSeconds(undefined)).toBeCloseTo(30, 6);
    expect(deploymentSeconds([WEB, { ...PROXY, isEssential: false }])).toBe(deploymentSeconds(undefined));
  });

  test('counts as healthy for ECS once its container is, even if the load balancer was earlier', () => {
    const slow = { ...CHECK, intervalSeconds: 120 };
    const outcome = forecast(scenario([{ ...WEB, healthCheck: slow }], ['deploy at 5m']));
    expect(secondsOf(outcome, 'deployment-completed') - 300).toBeGreaterThan(120);
    // both revisions serve meanwhile.
    expect(Math.max(...outcome.timeline.map(({ healthyCount }) => healthyCount))).toBe(4);
    expect(outcome.totals.failedRequests).toBe(0);
  });

  test('that takes longer to listen than its health check allows is replaced, until the circuit breaker rolls back', () => {
    const strict = { ...CHECK, intervalSeconds: 5 };
    const startUpSeconds = 25;
    const completedWith = (healthCheck: ContainerHealthCheck, healthCheckGracePeriodSeconds: number): [Scenario, Outcome] => {
      const deployment = { healthCheckGracePeriodSeconds };
      const one = scenario([{ ...WEB, healthCheck }], ['deploy at 5m'], { startUpSeconds, deployment });
      return [one, forecast(one)];
    };
    const [one, failed] = completedWith(strict, 0);
    expect(failed.events.map(({ kind }) => kind)).toContain('deployment-failed');
    expect(remarks(one, failed).join('\n')).toMatch('its container health check makes it unhealthy 15 s after its start');
    const [, patient] = completedWith({ ...strict, startPeriodSeconds: 20 }, 0);
    const [, graceful] = completedWith(strict, 60);
    for (const { events } of [patient, graceful])
      expect(events.map(({ kind }) => kind)).toEqual(['deployment-started', 'deployment-completed']);
  });
});

test('a task whose container fails its checks is replaced, once, also if those of the load balancer take longer', () => {
  const quick = { ...CHECK, intervalSeconds: 5, retries: 1 };
  const faults = ['fail health checks of 1 at 5m for 3m'];
  const [without, with_] = [undefined, [{ ...WEB, healthCheck: quick }]].map((containers) => forecast(scenario(containers, faults))) as [
    Outcome,
    Outcome,
  ];
  for (const outcome of [without, with_]) expect(outcome.events.filter(({ kind }) => kind === 'task-lost')).toHaveLength(1);
  expect(secondsOf(with_, 'task-lost')).toBeLessThanOrEqual(305);
  expect(secondsOf(without, 'task-lost')).toBeGreaterThan(305);
  expect(with_.timeline.at(-1)!.healthyCount).toBe(2);
});

test('what a rehearsal leaves out is a remark', () => {
  const one = scenario(
    [
      { ...WEB, healthCheck: CHECK, dependsOn: [{ containerName: 'setup', condition: 'SUCCESS' }] },
      { ...PROXY, name: 'setup', isEssential: false, healthCheck: undefined },
    ],
    [],
  );
  const outcome = forecast(one);
  expect(remarks(one, outcome).join('\n')).toMatch('setup is assumed to complete at once');
  expect(remarks(one, outcome).join('\n')).not.toMatch('not rehearsed');
  expect(remarks(one, { ...outcome, kind: 'rehearsal' }).join('\n')).toMatch('the health checks of containers (web) are not rehearsed');
});
