import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deployment, fewestTasks, mostTasks } from '../../src/plan/deployment';
import { GO_SECONDS, START_SECONDS, serviceOfNumbers } from './pool-of-numbers';

const ROLLING: Deployment = {
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  hasCircuitBreaker: true,
  healthCheckGracePeriodSeconds: 0,
};

function revisionsOf({ pool }: ReturnType<typeof serviceOfNumbers>): number[] {
  return pool.all.map((task) => task.revision);
}

describe('the scheduler of a service', () => {
  test('launches what is missing and lets go of the youngest', () => {
    const { time, pool, scheduler } = serviceOfNumbers(ROLLING, 2);
    const [first, second] = pool.all;
    scheduler.setDesiredCount(4);
    expect(pool.all).toHaveLength(4);
    time.runUntil(START_SECONDS);
    expect(scheduler.isSteady).toBe(true);
    scheduler.setDesiredCount(2);
    time.runUntil(START_SECONDS + GO_SECONDS);
    expect(pool.all).toEqual([first, second]);
  });

  test('exchanges all tasks for a new revision, and is deploying until the last old one has gone', () => {
    const service = serviceOfNumbers(ROLLING, 3);
    service.scheduler.deploy(false);
    expect(revisionsOf(service)).toEqual([0, 0, 0, 1, 1, 1]);
    service.time.runUntil(START_SECONDS);
    expect(service.scheduler.isDeploying).toBe(true);
    service.time.runUntil(START_SECONDS + GO_SECONDS);
    expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([false, 1, 1, 1]);
    expect(service.events).toEqual(['deployment-started', 'deployment-completed']);
    expect(service.pool.fewestHealthy).toBe(3);
  });

  test('gives a deployment up when three of its tasks have failed, and goes back', () => {
    const service = serviceOfNumbers(ROLLING, 2);
    service.scheduler.deploy(true);
    service.time.runUntil(600);
    expect(service.events).toEqual(['deployment-started', 'deployment-failed', 'rolled-back']);
    expect(revisionsOf(service)).toEqual([0, 0]);
    expect(service.pool.fewestHealthy).toBe(2);
  });

  test('without a circuit breaker tries again and again, and the old tasks serve on', () => {
    const service = serviceOfNumbers({ ...ROLLING, hasCircuitBreaker: false }, 2);
    service.scheduler.deploy(true);
    service.time.runUntil(3600);
    expect([service.scheduler.isDeploying, service.pool.healthyCount]).toEqual([true, 2]);
  });

  test.each([
    [true, [2, 2], ['rebalancing-started', 'rebalancing-started']],
    [false, [4, 0], []],
  ])('where it rebalances zones is %s, tasks of a zone that comes back move there one by one: %j', (rebalancesZones, counts, events) => {
    const service = serviceOfNumbers({ ...ROLLING, rebalancesZones }, 2);
    const { zones } = service.pool;
    zones.lose(1);
    service.pool.kill(service.pool.all[1]!);
    service.time.runUntil(60);
    service.scheduler.setDesiredCount(4);
    service.time.runUntil(120);
    zones.recover(1);
    service.pool.fewestHealthy = 4;
    service.scheduler.reconcile();
    service.time.runUntil(240);
    expect([0, 1].map((zone) => service.pool.all.filter((task) => task.zone === zone).length)).toEqual(counts);
    expect(service.events).toEqual(events);
    expect([service.pool.fewestHealthy, service.scheduler.isSteady]).toEqual([4, true]);
  });

  test('keeps within the percents of the deployment, and ends with what is wanted, whatever comes', () => {
    assert(
      property(array(step, { maxLength: 12 }), percents, (steps, percent) => {
        const deployment = { ...ROLLING, ...percent };
        const service = serviceOfNumbers(deployment, FIRST_COUNT);
        for (const one of steps) take(service, one);
        const counts = [FIRST_COUNT, ...steps.flatMap(({ what, count }) => (what === 'scale' ? [count] : []))];
        const most = Math.max(...counts);
        expect(service.pool.mostAtOnce).toBeLessThanOrEqual(Math.max(most, mostTasks(most, deployment)));
        if (!canDeploy(deployment, counts.at(-1)!)) return;
        service.time.runUntil(service.time.nowSeconds + LONG_SECONDS);
        expect(service.scheduler).toMatchObject({ isSteady: true, isDeploying: false });
        const hasRoom = mostTasks(counts.at(-1)!, deployment) > counts.at(-1)!;
        if (percent.rebalancesZones && hasRoom) expect(service.pool.zones.areUneven(service.pool.all)).toBe(false);
      }),
    );
  });
});

const FIRST_COUNT = 4;

/** Enough for any deployment to come to its end. */
const LONG_SECONDS = 2000;

const step = record({
  what: constantFrom('deploy', 'scale', 'kill'),
  count: integer({ min: 1, max: 8 }),
  waitSeconds: integer({ min: 0, max: 25 }),
});

const percents = record({
  minimumHealthyPercent: integer({ min: 0, max: 100 }),
  maximumPercent: integer({ min: 101, max: 300 }),
  rebalancesZones: boolean(),
});

type Step = { readonly what: string; readonly count: number; readonly waitSeconds: number };

function take({ time, pool, scheduler }: ReturnType<typeof serviceOfNumbers>, { what, count, waitSeconds }: Step): void {
  if (what === 'deploy') scheduler.deploy(false);
  else if (what === 'scale') scheduler.setDesiredCount(count);
  else for (const victim of pool.all.filter((task) => task.isKept).slice(0, 1)) pool.kill(victim);
  time.runUntil(time.nowSeconds + waitSeconds);
}

/** Rounding may leave a small service no room to start or to stop a task. */
function canDeploy(deployment: Deployment, desiredCount: number): boolean {
  return mostTasks(desiredCount, deployment) > desiredCount || fewestTasks(desiredCount, deployment) < desiredCount;
}
