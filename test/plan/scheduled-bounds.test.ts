import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../src/plan/parse-schedule';
import { type BoundsChange, boundsConflicts } from '../../src/plan/scheduled-bounds';

const BASE = { min: 2, max: 6 };

function at(name: string, schedule: string, bounds: Pick<BoundsChange, 'min' | 'max'>, timeZone?: string): BoundsChange {
  return { name, schedule: parseSchedule(schedule), timeZone, ...bounds };
}

const daily = (hour: number): string => `cron(0 ${hour} * * ? *)`;

describe('rejected by Application Auto Scaling', () => {
  test.each<[string, readonly BoundsChange[], object[]]>([
    [
      'a minimum above the maximum of the scalable target',
      [at('morning', daily(8), { min: 7 })],
      [{ name: 'morning', bound: 'minCapacity', value: 7, limit: 6 }],
    ],
    ['a maximum below its minimum', [at('night', daily(22), { max: 1 })], [{ name: 'night', bound: 'maxCapacity', value: 1, limit: 2 }]],
    [
      'a minimum above a maximum that another action sets and none raises',
      [at('morning', daily(8), { min: 4 }), at('night', daily(22), { min: 2, max: 3 })],
      [{ name: 'morning', bound: 'minCapacity', value: 4, limit: 3, setBy: 'night' }],
    ],
    [
      'the same in two time zones',
      [at('morning', daily(8), { min: 4 }, 'Europe/Berlin'), at('night', daily(22), { min: 2, max: 3 })],
      [{ name: 'morning', bound: 'minCapacity', value: 4, limit: 3, setBy: 'night' }],
    ],
    [
      'the same every so many hours',
      [at('morning', 'rate(12 hours)', { min: 4 }), at('night', 'rate(1 day)', { min: 2, max: 3 })],
      [{ name: 'morning', bound: 'minCapacity', value: 4, limit: 3, setBy: 'night' }],
    ],
    [
      'a minimum an hour before the maximum is raised',
      [at('eight', daily(8), { min: 8 }), at('nine', daily(9), { max: 20 }), at('night', daily(22), { min: 2, max: 6 })],
      [{ name: 'eight', bound: 'minCapacity', value: 8, limit: 6, setBy: 'night' }],
    ],
    [
      'a maximum an hour before the minimum is lowered',
      [at('day', daily(8), { min: 10, max: 20 }), at('ten', daily(22), { max: 6 }), at('eleven', daily(23), { min: 2 })],
      [{ name: 'ten', bound: 'maxCapacity', value: 6, limit: 10, setBy: 'day' }],
    ],
    [
      'a minimum an hour before the maximum is raised, by the clocks of another zone in winter and in summer',
      [at('berlin', daily(9), { min: 8 }, 'Europe/Berlin'), at('utc', daily(9), { max: 20 }), at('night', daily(22), { min: 2, max: 6 })],
      [{ name: 'berlin', bound: 'minCapacity', value: 8, limit: 6, setBy: 'night' }],
    ],
    ['once', [at('sale', 'at(2027-11-26T06:00:00)', { min: 12 })], [{ name: 'sale', bound: 'minCapacity', value: 12, limit: 6 }]],
    [
      'once, while a nightly maximum is in force',
      [at('sale', 'at(2027-11-26T06:00:00)', { min: 8 }), at('day', daily(8), { max: 12 }), at('night', daily(22), { min: 2, max: 6 })],
      [{ name: 'sale', bound: 'minCapacity', value: 8, limit: 6, setBy: 'night' }],
    ],
    [
      'on the weekend only',
      [
        at('saturday', 'cron(0 8 ? * SAT *)', { min: 8 }),
        at('monday', 'cron(0 8 ? * MON *)', { max: 12 }),
        at('friday', 'cron(0 18 ? * FRI *)', { min: 2, max: 6 }),
      ],
      [{ name: 'saturday', bound: 'minCapacity', value: 8, limit: 6, setBy: 'friday' }],
    ],
  ])('%s', (_, changes, conflicts) => {
    expect(boundsConflicts(BASE, changes)).toEqual(conflicts);
  });
});

describe('accepted', () => {
  test.each<[string, readonly BoundsChange[]]>([
    ['none', []],
    ['bounds that are equal', [at('a', daily(8), { min: 6 }), at('b', daily(22), { max: 6 })]],
    ['both bounds', [at('sale', daily(8), { min: 20, max: 40 })]],
    [
      'a maximum that is raised before',
      [at('seven', daily(7), { max: 20 }), at('eight', daily(8), { min: 10 }), at('night', daily(22), { min: 2, max: 6 })],
    ],
    [
      'a maximum that is raised in the same minute',
      [at('min', daily(8), { min: 10 }), at('max', daily(8), { max: 20 }), at('night', daily(22), { min: 2, max: 6 })],
    ],
    [
      'a minimum that fails only before the first evening',
      [at('eight', daily(8), { min: 10 }), at('night', daily(22), { min: 2, max: 20 })],
    ],
    [
      'an order that another time zone turns around',
      [
        at('new york', daily(8), { min: 8 }, 'America/New_York'),
        at('nine', daily(9), { max: 20 }),
        at('night', daily(22), { min: 2, max: 6 }),
      ],
    ],
    [
      'an order that is another one in summer',
      [
        at('berlin', 'cron(30 9 * * ? *)', { min: 8 }, 'Europe/Berlin'),
        at('eight', daily(8), { max: 20 }),
        at('night', daily(22), { min: 2, max: 6 }),
      ],
    ],
    [
      'an order in a time zone that is not known',
      [at('eight', daily(8), { min: 8 }, 'Mars/Base'), at('nine', daily(9), { max: 20 }), at('night', daily(22), { min: 2, max: 6 })],
    ],
    ['a minimum that only the deployment knows', [at('morning', daily(8), { min: 'unknown' })]],
    ['a maximum that only the deployment knows', [at('morning', daily(8), { min: 8 }), at('night', daily(22), { max: 'unknown' })]],
    ['a schedule that cannot be read', [{ name: 'last', min: 8 }, at('day', daily(8), { max: 20 })]],
    ['each minute', [at('always', 'cron(* * * * ? *)', { min: 3 }), at('yearly', 'cron(0 0 1 1 ? *)', { max: 12 })]],
    ['never', [at('past', 'cron(0 0 1 1 ? 1999)', { max: 12 }), at('night', daily(22), { min: 2, max: 6 })]],
  ])('%s', (_, changes) => {
    expect(boundsConflicts(BASE, changes)).toEqual([]);
  });

  test('bounds of the scalable target that only the deployment knows', () => {
    const changes = [at('morning', daily(8), { min: 70 }), at('never', 'at(2027-11-26T06:00:00)', { min: 1 })];
    expect(boundsConflicts({ min: 'unknown', max: 'unknown' }, changes)).toEqual([]);
  });
});
