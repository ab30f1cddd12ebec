import { expect, onTestFinished, test } from 'vitest';
import type { RehearsedTask } from '../../../cli/rehearsal/rehearsed-task';
import { STANDSTILL_SECONDS } from '../../../cli/rehearsal/standstills';
import { TrafficSender } from '../../../cli/rehearsal/traffic/traffic-sender';
import { WatchedLoad } from '../../../cli/rehearsal/watched-load';
import { answerOk, serve } from './small-server';

/** Lets this process do nothing for a while, as Ctrl-Z does. */
function standStill(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}

test('a load during which this process stood still is watched anew', async () => {
  const { url } = await serve(answerOk);
  const sender = await TrafficSender.start({ url, paths: ['/'] });
  onTestFinished(async () => {
    await sender.stop();
  });
  sender.set({ kind: 'users', value: 2, thinkSeconds: 0.01 });
  const startedAtMillis = performance.now();
  let cpuSeconds = 0;
  const task = {
    get cpuSeconds() {
      return cpuSeconds;
    },
    get ranSeconds() {
      return (performance.now() - startedAtMillis) / 1000;
    },
    memoryMiB: 10,
  } as RehearsedTask;
  const watched = new WatchedLoad([task], sender).watch({ leastSeconds: 0.5, mostSeconds: 5 });
  setTimeout(() => {
    standStill(STANDSTILL_SECONDS + 0.2);
    // as if the task had used all of this meanwhile.
    cpuSeconds += 50;
  }, 200);
  const point = await watched;
  expect(point!.cores).toBe(0);
  expect(point!.latencySeconds).toBeLessThan(STANDSTILL_SECONDS / 2);
});
