import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createOwnedFolder,
  removeOrphanedFolders,
  removeOwnedFolder,
  removeOwnedFolders,
} from '../../../../rehearsal/task-runtime/process/owned-folder';

const MODULE = join(__dirname, '../../../../rehearsal/task-runtime/process/owned-folder.ts');
const OWNER = `console.log(require(${JSON.stringify(MODULE)}).createOwnedFolder()); setInterval(() => {}, 1000)`;

test('a temporary folder stays as long as its owner lives, and is removed once that was killed', async () => {
  const owner = spawn(process.execPath, ['--import', 'tsx', '-e', OWNER], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
  const folder = printed.toString().trim();
  removeOrphanedFolders();
  expect(existsSync(folder)).toBe(true);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  removeOrphanedFolders();
  expect(existsSync(folder)).toBe(false);
});

test('a process may have several temporary folders, and removes them one by one, or all before it exits', () => {
  const folders = [createOwnedFolder(), createOwnedFolder(), createOwnedFolder()];
  expect(new Set(folders).size).toBe(3);
  removeOwnedFolder(folders[1]!);
  expect(folders.map(existsSync)).toEqual([true, false, true]);
  removeOwnedFolders();
  expect(folders.filter(existsSync)).toEqual([]);
});
