import { describe, expect, test } from 'vitest';
import { FaultInjector } from '../../src/ecs/fault-injector';
import { parseFault } from '../../src/faults/fault-grammar';
import { serviceOfNumbers } from './pool-of-numbers';

function injected() {
  const service = serviceOfNumbers(
    { minHealthyPercent: 100, maxHealthyPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0 },
    3,
  );
  const effects: string[] = [];
  const affected: (readonly number[] | undefined)[] = [];
  const first = [...service.pool.all];
  service.pool.onEffect = (what, task, value = '') => effects.push(`${what} ${first.indexOf(task) + 1}${value}`);
  const faults = new FaultInjector({
    taskClock: service.taskClock,
    tasks: service.pool,
    scheduler: service.scheduler,
    recordEvent: (kind, _, { tasks } = {}) => (kind === 'fault' ? affected.push(tasks) : effects.push(kind)),
    interruptSpot: (task) => service.pool.stop(task),
    pause: (task) => service.pool.pause(task),
    unpause: (task) => service.pool.unpause(task),
    onChange: () => {},
    setDependencyDelaySeconds: (seconds) => effects.push(`slow by ${seconds}`),
  });
  return { ...service, faults, effects, affected, inject: (words: string) => faults.inject(parseFault(words)) };
}

describe('a fault', () => {
  test.each([
    [
      'pause 2 at 0s for 20s',
      ['pause 1', 'checks of 1: 0', 'pause 2', 'checks of 2: 0'],
      ['unpause 1', 'checks of 1: 0', 'unpause 2', 'checks of 2: 0'],
    ],
    ['fail health checks of 1 at 0s for 20s', ['checks of 1: 1'], ['checks of 1: 0']],
    ['slow 1 to 30% at 0s for 20s', ['speed of 1: 0.3'], ['speed of 1: 1']],
    ['slow dependency by 200ms at 0s for 20s', ['slow by 0.2'], ['slow by 0']],
    ['exhaust memory of 1 at 0s', ['exhaust memory of 1'], []],
  ])('%s begins and ends', (words, begun, ended) => {
    const { inject, effects, clock } = injected();
    inject(words);
    expect(effects.splice(0)).toEqual(begun);
    clock.runUntil(20);
    expect(effects).toEqual(ended);
  });

  test('that overlaps another is undone independently', () => {
    const { inject, effects, clock } = injected();
    inject('pause 1 at 0s for 20s');
    clock.runUntil(10);
    inject('pause 1 at 0s for 20s');
    inject('slow dependency by 200ms at 0s for 5s');
    inject('slow dependency by 100ms at 0s for 10s');
    clock.runUntil(25);
    expect(effects.filter((what) => what.startsWith('unpause'))).toEqual([]);
    clock.runUntil(30);
    expect(effects.filter((what) => /unpause|slow/.test(what))).toEqual([
      'slow by 0.2',
      'slow by 0.3',
      'slow by 0.1',
      'slow by 0',
      'unpause 1',
    ]);
  });

  test('of a zone ends all of its tasks, and new ones go elsewhere until it is over', () => {
    const { inject, pool, clock, effects } = injected();
    const zone = pool.zones.fullest(pool.byState.activeCountsByZone);
    inject('lose zone at 0s for 1m');
    expect(pool.all.some((task) => task.zone === zone)).toBe(false);
    clock.runUntil(30);
    expect(pool.all.map((task) => task.zone)).toEqual([1 - zone, 1 - zone, 1 - zone]);
    expect(effects).not.toContain('zone-recovered');
    clock.runUntil(61);
    expect(pool.zones.emptiest(pool.byState.activeCountsByZone)).toBe(zone);
    expect(effects).toContain('zone-recovered');
  });

  test('affects the oldest tasks, and never more than there are', () => {
    const { inject, pool } = injected();
    const [, , youngest] = pool.all;
    inject('kill 2 at 0s');
    expect(pool.all[0]).toBe(youngest);
    inject('kill 9 at 0s');
    expect(pool.healthyCount).toBe(0);
  });

  test('reports the tasks that it affected: none where it found none, and no list where it is not about tasks', () => {
    const { inject, affected } = injected();
    inject('slow dependency by 200ms at 0s for 20s');
    inject('kill 9 at 0s');
    inject('pause 1 at 0s for 20s');
    expect(affected).toEqual([undefined, [expect.any(Number), expect.any(Number), expect.any(Number)], []]);
  });

  test('at the start of tasks is over when its time is', () => {
    const { inject, faults, clock } = injected();
    inject('crash at start at 0s for 10s');
    expect(faults.isCrashingNewTasks).toBe(true);
    clock.runUntil(10);
    expect(faults.isCrashingNewTasks).toBe(false);
  });
});
