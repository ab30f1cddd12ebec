import { expect, onTestFinished, test } from 'vitest';
import type { LocalTask } from '../../../rehearsal/fleet/local-task';
import { LoadGenerator } from '../../../rehearsal/load-generator/load-generator';
import { LoadMeter } from '../../../rehearsal/measure/load-meter';
import { MIN_SUSPENSION_SECONDS } from '../../../rehearsal/process-suspensions';
import { respondOk, serve } from '../small-server';

/** Blocks this process for a while, as a suspension does. */
function suspend(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}

test('measures a load again during which this process was suspended', async () => {
  const { url } = await serve(respondOk);
  const generator = await LoadGenerator.start({ url, paths: ['/'] });
  onTestFinished(async () => {
    await generator.stop();
  });
  generator.setLoad({ kind: 'users', value: 2, thinkSeconds: 0.01 });
  const startedAtMillis = performance.now();
  let cpuSeconds = 0;
  const task = {
    get cpuSeconds() {
      return cpuSeconds;
    },
    get runningWallSeconds() {
      return (performance.now() - startedAtMillis) / 1000;
    },
    memoryMiB: 10,
  } as LocalTask;
  const measurement = new LoadMeter([task], generator).measure({ minSeconds: 0.5, maxSeconds: 5 });
  setTimeout(() => {
    suspend(MIN_SUSPENSION_SECONDS + 0.2);
    // CPU time that would be counted without a new measurement.
    cpuSeconds += 50;
  }, 200);
  const measured = await measurement;
  expect(measured!.usedVcpu).toBe(0);
  expect(measured!.latencySeconds).toBeLessThan(MIN_SUSPENSION_SECONDS / 2);
});
