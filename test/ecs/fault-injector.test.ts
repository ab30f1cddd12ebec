import { describe, expect, test } from 'vitest';
import { FaultInjector } from '../../src/ecs/fault-injector';
import type { ServiceTask } from '../../src/ecs/service-task';
import { parseFault } from '../../src/scenario/parse-fault';
import { serviceOfNumbers } from './pool-of-numbers';

function injected() {
  const service = serviceOfNumbers(
    { minimumHealthyPercent: 100, maximumPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0 },
    3,
  );
  const told: string[] = [];
  const befallen: (readonly number[] | undefined)[] = [];
  const note =
    (what: string) =>
    (task: ServiceTask): void => {
      told.push(`${what} ${numberOf(task)}`);
    };
  const first = [...service.pool.all];
  const numberOf = (task: ServiceTask): number => first.indexOf(task) + 1;
  const faults = new FaultInjector({
    clock: service.clock,
    tasks: service.pool,
    scheduler: service.scheduler,
    onFault: ({ tasks }) => befallen.push(tasks),
    onZoneRecovered: () => told.push('zone recovered'),
    onMemoryFilled: note('fill memory of'),
    onFreeze: note('freeze'),
    onThaw: note('thaw'),
    onChecksChange: (task) => told.push(`checks of ${numberOf(task)}: ${task.checkFailures}`),
    onSpeedChange: (task) => told.push(`speed of ${numberOf(task)}: ${task.speedShare}`),
    onChange: () => {},
    onSlowDependencies: (seconds) => told.push(`slow by ${seconds}`),
  });
  return { ...service, faults, told, befallen, happen: (words: string) => faults.happen(parseFault(words)) };
}

describe('a fault', () => {
  test.each([
    [
      'freeze 2 at 0s for 20s',
      ['freeze 1', 'checks of 1: 0', 'freeze 2', 'checks of 2: 0'],
      ['thaw 1', 'checks of 1: 0', 'thaw 2', 'checks of 2: 0'],
    ],
    ['fail health checks of 1 at 0s for 20s', ['checks of 1: 1'], ['checks of 1: 0']],
    ['slow 1 to 30% at 0s for 20s', ['speed of 1: 0.3'], ['speed of 1: 1']],
    ['slow dependency by 200ms at 0s for 20s', ['slow by 0.2'], ['slow by 0']],
    ['fill memory of 1 at 0s', ['fill memory of 1'], []],
  ])('%s begins and ends', (words, begun, ended) => {
    const { happen, told, time } = injected();
    happen(words);
    expect(told.splice(0)).toEqual(begun);
    time.runUntil(20);
    expect(told).toEqual(ended);
  });

  test('that overlaps another takes away only what it brought', () => {
    const { happen, told, time } = injected();
    happen('freeze 1 at 0s for 20s');
    time.runUntil(10);
    happen('freeze 1 at 0s for 20s');
    happen('slow dependency by 200ms at 0s for 5s');
    happen('slow dependency by 100ms at 0s for 10s');
    time.runUntil(25);
    expect(told.filter((what) => what.startsWith('thaw'))).toEqual([]);
    time.runUntil(30);
    expect(told.filter((what) => /thaw|slow/.test(what))).toEqual(['slow by 0.2', 'slow by 0.3', 'slow by 0.1', 'slow by 0', 'thaw 1']);
  });

  test('of a zone ends all of its tasks, and new ones go elsewhere until it is over', () => {
    const { happen, pool, time, told } = injected();
    const zone = pool.zones.fullest(pool.all);
    happen('lose zone at 0s for 1m');
    expect(pool.all.some((task) => task.zone === zone)).toBe(false);
    time.runUntil(30);
    expect(pool.all.map((task) => task.zone)).toEqual([1 - zone, 1 - zone, 1 - zone]);
    expect(told).not.toContain('zone recovered');
    time.runUntil(61);
    expect(pool.zones.emptiest(pool.all)).toBe(zone);
    expect(told).toContain('zone recovered');
  });

  test('befalls the oldest tasks, and never more than there are', () => {
    const { happen, pool } = injected();
    const [, , youngest] = pool.all;
    happen('kill 2 at 0s');
    expect(pool.all[0]).toBe(youngest);
    happen('kill 9 at 0s');
    expect(pool.healthyCount).toBe(0);
  });

  test('says whom it befell: nobody is not the same as that it is about no task', () => {
    const { happen, befallen } = injected();
    happen('slow dependency by 200ms at 0s for 20s');
    happen('kill 9 at 0s');
    happen('freeze 1 at 0s for 20s');
    expect(befallen).toEqual([undefined, [expect.any(Number), expect.any(Number), expect.any(Number)], []]);
  });

  test('at the start of tasks is over when its time is', () => {
    const { happen, faults, time } = injected();
    happen('crash at start at 0s for 10s');
    expect(faults.isCrashing).toBe(true);
    time.runUntil(10);
    expect(faults.isCrashing).toBe(false);
  });
});
