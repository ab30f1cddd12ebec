import { expect, test } from 'vitest';
import type { Activity } from '../../src/scaling/activity';
import { Cooldowns } from '../../src/scaling/cooldowns';

function activity(fromCapacity: number, toCapacity: number, baseCapacity = fromCapacity): Activity {
  const metric = 'ECSServiceAverageCPUUtilization';
  const signal = { origin: 'target-tracking', cause: '', metric, metricValue: 90, targetValue: 60, computedCapacity: toCapacity } as const;
  return { startSeconds: 0, statusCode: 'InProgress', baseCapacity, fromCapacity, toCapacity, ...signal };
}

test('while a step outwards is open and cooling down, the next is computed from the tasks before it', () => {
  const cooldowns = new Cooldowns();
  cooldowns.start(activity(2, 4), 100);
  expect(cooldowns.scaleOutBase(1000)).toBe(2);
  cooldowns.complete(1000);
  expect(cooldowns.scaleOutBase(1099)).toBe(2);
  expect(cooldowns.scaleOutBase(1100)).toBeUndefined();
});

test('a cooldown begins when its activity is complete, and once', () => {
  const cooldowns = new Cooldowns();
  const step = activity(4, 3);
  cooldowns.start(step, 300);
  cooldowns.complete(30);
  cooldowns.complete(200);
  expect(step).toMatchObject({ statusCode: 'Successful', endSeconds: 30 });
  expect([329, 330].map((at) => cooldowns.blocksScaleIn(at))).toEqual([true, false]);
});

test('a step outwards does not block scale-in, and ends the cooldown of one', () => {
  const cooldowns = new Cooldowns();
  cooldowns.start(activity(4, 3), 300);
  cooldowns.complete(10);
  cooldowns.start(activity(3, 6), 300);
  expect(cooldowns.blocksScaleIn(20)).toBe(false);
});

test('tasks that did not come in time hold nothing back', () => {
  const cooldowns = new Cooldowns();
  const step = activity(2, 4);
  cooldowns.start(step, 300);
  cooldowns.timeOut(1800);
  expect(step).toMatchObject({ statusCode: 'Unfulfilled', endSeconds: 1800 });
  expect([cooldowns.scaleOutBase(1801), cooldowns.activityInProgress]).toEqual([undefined, undefined]);
});

test('what a schedule caused holds nothing back, and overtakes what is open', () => {
  const cooldowns = new Cooldowns();
  const step = activity(4, 3);
  cooldowns.start(step, 300);
  cooldowns.start(activity(3, 6));
  expect(step.statusCode).toBe('Overridden');
  expect([cooldowns.blocksScaleIn(10), cooldowns.scaleOutBase(10)]).toEqual([false, undefined]);
});

test('simple scaling waits for whatever is open or cooling down', () => {
  const cooldowns = new Cooldowns();
  cooldowns.start(activity(2, 3), 120);
  expect(cooldowns.blocksSimpleScaling(50)).toBe(true);
  cooldowns.complete(60);
  expect([179, 180].map((at) => cooldowns.blocksSimpleScaling(at))).toEqual([true, false]);
});

test('what is overtaken before it was complete is overridden', () => {
  const cooldowns = new Cooldowns();
  const first = activity(2, 3);
  cooldowns.start(first, 300);
  cooldowns.start(activity(3, 5, 2), 300);
  expect(first.statusCode).toBe('Overridden');
});
