import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryByGroupMiB, parseGroupMemory } from '../../../../cli/rehearsal/tasks/group-memory';

test('the memory of a group is that of all its processes', () => {
  const sizes = parseGroupMemory('  4711  1024\n  4711  2048\n    12  9999\n  13      0\n');
  expect(sizes.get(4711)).toBe(3);
  expect(sizes.has(13)).toBe(false);
});

test('the memory of a process is seen while it lives', async () => {
  const child = spawn(process.execPath, [join(__dirname, 'scripts', 'idle.mjs')], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  await expect.poll(async () => (await memoryByGroupMiB()).get(child.pid!)).toBeGreaterThan(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await memoryByGroupMiB()).has(child.pid!)).toBe(false);
});
