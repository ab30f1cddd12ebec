import { expect, onTestFinished, test } from 'vitest';
import { watchStandstills } from '../../../cli/rehearsal/standstills';
import { WallTime } from '../../../src/time/wall-time';
import { eventually } from './eventually';

const SPEED = 20;

/** Stands still as a process does that was stopped: nothing of it runs meanwhile. */
function standStill(millis: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}

test('a stretch in which nothing of the process ran is noted, with when it began and how long it was', async () => {
  const time = new WallTime(SPEED);
  onTestFinished(() => time.stop());
  const standstills = watchStandstills(time);
  expect(standstills).toEqual([]);
  const beganSeconds = time.nowSeconds;
  standStill(1500);
  const endedSeconds = time.nowSeconds;
  await eventually(() => standstills.length).toBe(1);
  const [{ atSeconds, wallSeconds }] = standstills as [(typeof standstills)[number]];
  expect(atSeconds).toBeLessThanOrEqual(beganSeconds);
  expect(wallSeconds).toBeGreaterThanOrEqual(1);
  expect(atSeconds + wallSeconds * SPEED).toBeLessThanOrEqual(time.nowSeconds);
  expect(wallSeconds * SPEED).toBeGreaterThanOrEqual((endedSeconds - beganSeconds) * 0.8);
});

test('a clock that is stopped is watched no longer', async () => {
  const time = new WallTime(SPEED);
  const standstills = watchStandstills(time);
  time.stop();
  standStill(1500);
  await new Promise(setImmediate);
  expect(standstills).toEqual([]);
});
