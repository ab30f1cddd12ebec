import { expect, onTestFinished, test } from 'vitest';
import { LoadShedding } from '../../src/overload/load-shedding.js';

function shedding(limits = { concurrency: 2, eventLoopDelayMilliseconds: 100 }): LoadShedding {
  const made = new LoadShedding(limits);
  onTestFinished(() => made.close());
  return made;
}

test('as many may wait as are allowed, and one more when one is done', async () => {
  const load = shedding();
  let finish = (): void => undefined;
  const work = load.during(() => new Promise<void>((resolve) => (finish = resolve)));
  expect(load.mayEnter()).toBe(true);
  load.during(() => new Promise(() => undefined));
  expect(load.mayEnter()).toBe(false);
  finish();
  await work;
  expect(load.mayEnter()).toBe(true);
});

test('work that fails is over, too', async () => {
  const load = shedding({ concurrency: 1, eventLoopDelayMilliseconds: 100 });
  await expect(load.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(load.mayEnter()).toBe(true);
});

test('nothing may begin in a turn that is longer than the limit, nor after it until the loop is on time again', async () => {
  const load = shedding();
  for (const end = performance.now() + 1500; performance.now() < end; );
  expect(load.mayEnter()).toBe(false);
  await expect.poll(() => load.lines().find((line) => /delay_seconds [1-9]/.test(line))).toBeDefined();
  expect(load.mayEnter()).toBe(false);
  await expect.poll(() => load.mayEnter(), { timeout: 10_000 }).toBe(true);
});

test('nothing may begin while the event loop is late', () => {
  const load = shedding();
  load.noteDelay(101);
  expect(load.mayEnter()).toBe(false);
  expect(load.lines()).toContain('http_requests_rejected_total 1');
  load.noteDelay(100);
  expect(load.mayEnter()).toBe(true);
});
