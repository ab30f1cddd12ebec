import { expect, onTestFinished, test } from 'vitest';
import { DutyCycle } from '../../../../cli/rehearsal/tasks/duty-cycle';
import { EstimatedGroups } from '../../../../cli/rehearsal/tasks/estimated-groups';
import { ProcessStarter } from '../../../../cli/rehearsal/tasks/process-starter';
import { WallTime } from '../../../../src/time/wall-time';
import { taskOf } from './task-of';

test('where only `ps` tells what a task uses, its CPU and its memory become known and hold it to its size', { retry: 2 }, async () => {
  const time = new WallTime(1);
  const starter = new ProcessStarter(time, new DutyCycle(time, new EstimatedGroups(time)));
  const task = await starter.start(1, { kind: 'process', command: taskOf('busy', '5') }, { cpu: 256, memoryMiB: 512 });
  onTestFinished(() => {
    task.kill();
    starter.close();
    time.stop();
  });
  await expect.poll(() => task.watchMemory(), { timeout: 20_000 }).toBeGreaterThan(10);
  const { lastOutput } = await task.exited;
  // on Linux `ps` counts whole seconds, so that less than its share is granted at first.
  expect(Number(/share ([\d.]+)/.exec(lastOutput)![1])).toBeLessThan(0.35);
  expect(task.cpuSeconds()).toBeGreaterThan(0.4);
});
