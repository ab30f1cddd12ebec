import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deployment, maxRunningTasks, minHealthyTasks } from '../../src/plan/deployment-settings';
import { GO_SECONDS, START_SECONDS, serviceOfNumbers } from './pool-of-numbers';

const ROLLING: Deployment = {
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  hasCircuitBreaker: true,
  healthCheckGracePeriodSeconds: 0,
};

function revisionsOf({ pool }: ReturnType<typeof serviceOfNumbers>): number[] {
  return pool.all.map((task) => task.revision);
}

describe('the scheduler of a service', () => {
  test('launches missing tasks and drains the youngest surplus ones', () => {
    const { clock, pool, scheduler } = serviceOfNumbers(ROLLING, 2);
    const [first, second] = pool.all;
    scheduler.setDesiredCount(4);
    expect(pool.all).toHaveLength(4);
    clock.runUntil(START_SECONDS);
    expect(scheduler.isSteady).toBe(true);
    scheduler.setDesiredCount(2);
    clock.runUntil(START_SECONDS + GO_SECONDS);
    expect(pool.all).toEqual([first, second]);
  });

  test('replaces all tasks by those of a new revision, and is deploying until the last old one is STOPPED', () => {
    const service = serviceOfNumbers(ROLLING, 3);
    service.scheduler.deployments.start(false);
    expect(revisionsOf(service)).toEqual([0, 0, 0, 1, 1, 1]);
    service.clock.runUntil(START_SECONDS);
    expect(service.scheduler.isDeploying).toBe(true);
    service.clock.runUntil(START_SECONDS + GO_SECONDS);
    expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([false, 1, 1, 1]);
    expect(service.events).toEqual(['deployment-started', 'deployment-completed']);
    expect(service.pool.minHealthy).toBe(3);
  });

  test('rolls a deployment back when three of its tasks have failed', () => {
    const service = serviceOfNumbers(ROLLING, 2);
    service.scheduler.deployments.start(true);
    service.clock.runUntil(600);
    expect(service.events).toEqual(['deployment-started', 'deployment-failed', 'rolled-back']);
    expect(revisionsOf(service)).toEqual([0, 0]);
    expect(service.pool.minHealthy).toBe(2);
  });

  test('without a circuit breaker retries for ever, while the old tasks serve', () => {
    const service = serviceOfNumbers({ ...ROLLING, hasCircuitBreaker: false }, 2);
    service.scheduler.deployments.start(true);
    service.clock.runUntil(3600);
    expect([service.scheduler.isDeploying, service.pool.healthyCount]).toEqual([true, 2]);
  });

  test.each([
    [true, [2, 2], ['rebalancing-started', 'rebalancing-started']],
    [false, [4, 0], []],
  ])('with Availability Zone rebalancing %s, tasks move one by one to a zone that has recovered: %j', (rebalancesZones, counts, events) => {
    const service = serviceOfNumbers({ ...ROLLING, rebalancesZones }, 2);
    const { zones } = service.pool;
    zones.lose(1);
    service.pool.kill(service.pool.all[1]!);
    service.clock.runUntil(60);
    service.scheduler.setDesiredCount(4);
    service.clock.runUntil(120);
    zones.recover(1);
    service.pool.minHealthy = 4;
    service.scheduler.reconcile();
    service.clock.runUntil(240);
    expect([0, 1].map((zone) => service.pool.all.filter((task) => task.zone === zone).length)).toEqual(counts);
    expect(service.events).toEqual(events);
    expect([service.pool.minHealthy, service.scheduler.isSteady]).toEqual([4, true]);
  });

  test('keeps within the minimum and maximum percent, and ends with the desired count, whatever happens', () => {
    assert(
      property(array(step, { maxLength: 12 }), percents, (steps, percent) => {
        const deployment = { ...ROLLING, ...percent };
        const service = serviceOfNumbers(deployment, FIRST_COUNT);
        for (const one of steps) take(service, one);
        const counts = [FIRST_COUNT, ...steps.flatMap(({ what, count }) => (what === 'scale' ? [count] : []))];
        const max = Math.max(...counts);
        expect(service.pool.maxAtOnce).toBeLessThanOrEqual(Math.max(max, maxRunningTasks(max, deployment)));
        if (!canDeploy(deployment, counts.at(-1)!)) return;
        service.clock.runUntil(service.clock.nowSeconds + LONG_SECONDS);
        expect(service.scheduler).toMatchObject({ isSteady: true, isDeploying: false });
        const hasRoom = maxRunningTasks(counts.at(-1)!, deployment) > counts.at(-1)!;
        if (percent.rebalancesZones && hasRoom) expect(service.pool.zones.areUneven(service.pool.byState.activeCountsByZone)).toBe(false);
      }),
    );
  });
});

const FIRST_COUNT = 4;

/** Long enough for any deployment. */
const LONG_SECONDS = 2000;

const step = record({
  what: constantFrom('deploy', 'scale', 'kill'),
  count: integer({ min: 1, max: 8 }),
  waitSeconds: integer({ min: 0, max: 25 }),
});

const percents = record({
  minHealthyPercent: integer({ min: 0, max: 100 }),
  maxHealthyPercent: integer({ min: 101, max: 300 }),
  rebalancesZones: boolean(),
});

type Step = { readonly what: string; readonly count: number; readonly waitSeconds: number };

function take({ clock, pool, scheduler }: ReturnType<typeof serviceOfNumbers>, { what, count, waitSeconds }: Step): void {
  if (what === 'deploy') scheduler.deployments.start(false);
  else if (what === 'scale') scheduler.setDesiredCount(count);
  else for (const victim of pool.all.filter((task) => task.isActive).slice(0, 1)) pool.kill(victim);
  clock.runUntil(clock.nowSeconds + waitSeconds);
}

/** Rounding may leave a small service no room to start or stop a task. */
function canDeploy(deployment: Deployment, desiredCount: number): boolean {
  return maxRunningTasks(desiredCount, deployment) > desiredCount || minHealthyTasks(desiredCount, deployment) < desiredCount;
}
