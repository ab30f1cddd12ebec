import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DutyCycle } from '../../../../cli/rehearsal/tasks/duty-cycle';
import { EstimatedGroups } from '../../../../cli/rehearsal/tasks/estimated-groups';
import { PausableGroup } from '../../../../cli/rehearsal/tasks/pausable-group';
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

test('where `ps` fails for a while, what a task uses becomes known afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ps-'));
  const asked = join(folder, 'asked');
  writeFileSync(join(folder, 'ps'), `#!/bin/sh\necho "$1" >> '${asked}'\nexit 1\n`);
  chmodSync(join(folder, 'ps'), 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}:${path}`;
  const time = new WallTime(1);
  const groups = new EstimatedGroups(time);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => {
    process.env['PATH'] = path;
    child.kill('SIGKILL');
    groups.close();
    time.stop();
    rmSync(folder, { recursive: true });
  });
  const reading = groups.of(new PausableGroup(time, child.pid!));
  // `-A` asks for the memory.
  await expect.poll(() => existsSync(asked) && readFileSync(asked, 'utf8'), { timeout: 20_000 }).toContain('-A');
  process.env['PATH'] = path;
  await expect.poll(() => reading.memoryMiB(), { timeout: 20_000 }).toBeGreaterThan(10);
});
