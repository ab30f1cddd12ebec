import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderGuard } from '../../../../rehearsal/task-runtime/process/folder-guard';
import { createOwnedFolder } from '../../../../rehearsal/task-runtime/process/owned-folder';

const FOLDER = join(__dirname, '../../../../rehearsal/task-runtime/process');

/** Starts a writer in a group of its own, and prints the folder and the group. */
const COMMAND = `
  const { spawn } = require('node:child_process');
  const { FolderGuard } = require(${JSON.stringify(join(FOLDER, 'folder-guard.ts'))});
  const folder = require(${JSON.stringify(join(FOLDER, 'owned-folder.ts'))}).createOwnedFolder();
  const guard = new FolderGuard(folder);
  const writer = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
  guard.watch(writer.pid);
  console.log(JSON.stringify({ folder, processId: writer.pid }));
  setInterval(() => {}, 1000);`;

test('what a command that is killed has started is ended, and its folder is removed', async () => {
  const command = spawn(process.execPath, ['--import', 'tsx', '-e', COMMAND], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void command.kill('SIGKILL'));
  const [printed] = (await once(command.stdout, 'data')) as [Buffer];
  const { folder, processId } = JSON.parse(printed.toString()) as { folder: string; processId: number };
  expect([existsSync(folder), isRunning(processId)]).toEqual([true, true]);
  command.kill('SIGKILL');
  await expect.poll(() => [existsSync(folder), isRunning(processId)], { timeout: 30_000 }).toEqual([false, false]);
});

test('processes that the guard was told to forget go on when it ends', async () => {
  const folder = createOwnedFolder();
  const guard = new FolderGuard(folder);
  const other = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void other.kill('SIGKILL'));
  guard.watch(other.pid!);
  guard.forget();
  guard.end();
  await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
  expect(isRunning(other.pid!)).toBe(true);
});

/** Whether a process exists, also as one that has exited and is not waited for. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
