import { describe, expect, test } from 'vitest';
import { LoadBalancer } from '../../../rehearsal/load-balancer/local-load-balancer';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { eventually } from '../eventually';
import { fleetOf, HEALTHY, SPEED, scenarioOf, server } from './fleet-of';

describe('a fleet of processes', () => {
  test('begins with healthy tasks, grows and shrinks', async () => {
    const { fleet } = await fleetOf(server(HEALTHY));
    await fleet.tasks.waitUntilAllHealthy();
    expect(fleet).toMatchObject({ healthyCount: 2, runningCount: 2, isSteady: true });
    fleet.setDesiredCount(3);
    expect(fleet.isSteady).toBe(false);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([3, true]);
    fleet.setDesiredCount(2);
    expect(fleet.runningCount).toBe(2);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
    expect(fleet.counters.cpuCapacitySeconds).toBeGreaterThan(0);
    expect(fleet.counters.memoryMiBSeconds).toBeGreaterThan(0);
    // the third task drained, and stopped.
    const { drainingCpuCapacitySeconds, cpuCapacitySeconds } = fleet.counters;
    expect(drainingCpuCapacitySeconds).toBeGreaterThan(0);
    expect(drainingCpuCapacitySeconds).toBeLessThan(cpuCapacitySeconds / 2);
  });

  test('drops tasks that are still PENDING without starting them', async () => {
    const { fleet } = await fleetOf(server(HEALTHY), 1);
    await fleet.tasks.waitUntilAllHealthy();
    fleet.setDesiredCount(4);
    fleet.setDesiredCount(1);
    await eventually(() => fleet.isSteady).toBe(true);
    expect(fleet.runningCount).toBe(1);
  });

  test('replaces a task that exits', async () => {
    const { fleet, balancer, events } = await fleetOf(server(`request.url === '/end' ? process.exit(1) : ${HEALTHY}`));
    await fleet.tasks.waitUntilAllHealthy();
    await fetch(`${balancer.url}/end`);
    await eventually(() => events.length).toBe(2);
    expect(events).toEqual(['a task ended with exit code 1', 'a replacement became healthy']);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
  });

  test('waits for a task that is not healthy at first', async () => {
    const { fleet } = await fleetOf(server(`answer.writeHead(Date.now() - startedAt > 1500 ? 200 : 503).end()`), 1);
    await fleet.tasks.waitUntilAllHealthy();
    expect(fleet.healthyCount).toBe(1);
  });

  test('reports a failure when tasks exit before they are healthy', async () => {
    const { fleet, failures } = await fleetOf('process.exit(3)', 1);
    void fleet.tasks.waitUntilAllHealthy();
    await eventually(() => failures.length).toBeGreaterThan(0);
    expect(failures[0]!.message).toContain('got a process that ended with exit code 3');
  });

  test('replaces nothing after it was stopped', async () => {
    const { fleet, stop, failures } = await fleetOf(server(HEALTHY));
    await fleet.tasks.waitUntilAllHealthy();
    fleet.setDesiredCount(3);
    await stop();
    fleet.setDesiredCount(4);
    expect(fleet.runningCount).toBe(2);
    expect(failures).toEqual([]);
  });
});

describe('a fault', () => {
  test.each([
    ['stop 1 at 0s', ['1 task was stopped']],
    ['kill 1 at 0s', ['1 task was killed']],
    ['exhaust memory of 1 at 0s', ['1 task was made to run out of memory', 'a task was killed: OutOfMemoryError']],
    ['pause 1 at 0s for 3m', ['1 task was paused for 180 s', 'a task failed its health checks']],
    ['fail health checks of 1 at 0s for 10m', ['1 task was made to fail its health checks for 600 s', 'a task failed its health checks']],
    ['lose zone at 0s for 10m', ['a zone was lost for 600 s']],
  ])('"%s" is recovered from, with one event for each effect', async (fault, descriptions) => {
    const { fleet, inject, events, failures } = await fleetOf(server(HEALTHY));
    await fleet.tasks.waitUntilAllHealthy();
    const before = fleet.tasks.all.map(({ number }) => number);
    inject(fault);
    await eventually(() => events).toEqual([...descriptions, 'a replacement became healthy']);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
    expect(fleet.tasks.all.map(({ number }) => number)).toEqual([before[1], 3]);
    expect(failures).toEqual([]);
  });

  test('that crashes tasks at their start makes the fleet retry until it is over', async () => {
    const { fleet, inject, events } = await fleetOf(server(HEALTHY), 1);
    await fleet.tasks.waitUntilAllHealthy();
    inject('crash at start at 0s for 2m');
    fleet.setDesiredCount(2);
    await eventually(() => events).toContain('a task ended at its start');
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
  });

  test('that only slows tasks down does not replace them', async () => {
    const { fleet, inject, events, balancer } = await fleetOf(server(HEALTHY), 1);
    await fleet.tasks.waitUntilAllHealthy();
    inject('slow 1 to 50% at 0s for 1m');
    inject('slow dependency by 50ms at 0s for 1m');
    const answer = await fetch(balancer.url);
    expect(answer.status).toBe(200);
    expect(events).toEqual(['1 task was slowed to 50 % of the speed for 60 s', 'a dependency was slowed by 0.05 s a request for 60 s']);
  });
});

describe('a deployment', () => {
  test('replaces all tasks, and never serves with fewer', async () => {
    const { fleet, inject, events } = await fleetOf(server(HEALTHY));
    await fleet.tasks.waitUntilAllHealthy();
    inject('deploy at 0s');
    expect(fleet.isDeploying).toBe(true);
    await eventually(() => events.at(-1)).toBe('all tasks are of the new revision');
    expect(fleet.tasks.all.map(({ revision }) => revision)).toEqual([1, 1]);
    expect(fleet).toMatchObject({ healthyCount: 2, isSteady: true, isDeploying: false });
  });

  test('whose tasks fail is rolled back', async () => {
    const { fleet, inject, events } = await fleetOf(server(HEALTHY));
    await fleet.tasks.waitUntilAllHealthy();
    inject('bad deploy at 0s');
    await eventually(() => events.at(-1)).toBe('all tasks are of the previous revision again');
    expect(fleet.tasks.all.map(({ revision }) => revision)).toEqual([0, 0]);
    expect(fleet.healthyCount).toBe(2);
  });

  test('that shifts traffic sends none to the new tasks until they are all healthy', async () => {
    const { deployment } = scenarioOf(2).plan;
    const trafficShift = { steps: [{ newRevisionShare: 0.5, stepBakeSeconds: 60 }], bakeSeconds: 60 };
    const { fleet, inject, events } = await fleetOf(server(HEALTHY), 2, { deployment: { ...deployment, trafficShift } });
    await fleet.tasks.waitUntilAllHealthy();
    inject('deploy at 0s');
    await eventually(() => fleet.tasks.all.map(({ trafficShare }) => trafficShare)).toEqual([0.5, 0.5, 0, 0]);
    await eventually(() => fleet.tasks.all.map(({ trafficShare }) => trafficShare)).toEqual([0.25, 0.25, 0.25, 0.25]);
    await eventually(() => events.at(-1)).toBe('all tasks are of the new revision');
    expect(fleet.tasks.all.map(({ trafficShare }) => trafficShare)).toEqual([1, 1]);
  });

  test('that a hook pauses waits until it is continued, and its alarms fail it', async () => {
    const { deployment } = scenarioOf(2).plan;
    const pause = { targetType: 'PAUSE', stages: ['POST_SCALE_UP'], timeoutMinutes: 1440, timeoutAction: 'ROLLBACK' } as const;
    const trafficShift = { steps: [], bakeSeconds: 3600 };
    const rollbackAlarms = { watched: [], notSimulated: ['Errors'], evaluationSeconds: 60, rollsBack: true };
    const changes = { deployment: { ...deployment, trafficShift, lifecycleHooks: [pause], rollbackAlarms } };
    const { fleet, inject, events } = await fleetOf(server(HEALTHY), 2, changes);
    await fleet.tasks.waitUntilAllHealthy();
    inject('deploy at 0s');
    await eventually(() => events.at(-1)).toMatch('the deployment paused at POST_SCALE_UP');
    expect([fleet.isDeploying, fleet.tasks.all.map(({ trafficShare }) => trafficShare)]).toEqual([true, [0.5, 0.5, 0, 0]]);
    inject('continue at 0s');
    expect(fleet.tasks.all.map(({ trafficShare }) => trafficShare)).toEqual([0, 0, 0.5, 0.5]);
    fleet.setAlarmState('Errors', true);
    await eventually(() => events.at(-1)).toBe('all tasks are of the previous revision again');
    expect(fleet.tasks.all.map(({ revision }) => revision)).toEqual([0, 0]);
  });
});

test('a target that is registered after its load balancer was stopped stays unused', async () => {
  const clock = new SpedUpClock(SPEED);
  const balancer = await LoadBalancer.start({ clock, healthCheck: scenarioOf(1).plan.healthCheck, initialHealthChecks: 1, port: 0 });
  await balancer.stop();
  const target = balancer.register(1);
  await eventually(() => target.state).toBe('unused');
  clock.stop();
});
