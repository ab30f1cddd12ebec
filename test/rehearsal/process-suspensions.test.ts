import { expect, onTestFinished, test } from 'vitest';
import { detectProcessSuspensions } from '../../rehearsal/process-suspensions';
import { SpedUpClock } from '../../src/time/sped-up-clock';
import { eventually } from './eventually';

const SPEED = 20;

/** Blocks this process for a while, as a suspension does. */
function suspend(millis: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}

test('detects a suspension of the process, with its start and its length', async () => {
  const clock = new SpedUpClock(SPEED);
  onTestFinished(() => clock.stop());
  const suspensions = detectProcessSuspensions(clock);
  expect(suspensions).toEqual([]);
  const beganSeconds = clock.nowSeconds;
  suspend(1500);
  const endedSeconds = clock.nowSeconds;
  await eventually(() => suspensions.length).toBe(1);
  const [{ atSeconds, wallSeconds }] = suspensions as [(typeof suspensions)[number]];
  expect(atSeconds).toBeLessThanOrEqual(beganSeconds);
  expect(wallSeconds).toBeGreaterThanOrEqual(1);
  expect(atSeconds + wallSeconds * SPEED).toBeLessThanOrEqual(clock.nowSeconds);
  expect(wallSeconds * SPEED).toBeGreaterThanOrEqual((endedSeconds - beganSeconds) * 0.8);
});

test('detects nothing once its clock is stopped', async () => {
  const clock = new SpedUpClock(SPEED);
  const suspensions = detectProcessSuspensions(clock);
  clock.stop();
  suspend(1500);
  await new Promise(setImmediate);
  expect(suspensions).toEqual([]);
});
