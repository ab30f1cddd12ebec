import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { hasOwnerExited, ownerId } from '../../../../rehearsal/task-runtime/process/owner-id';

test('an owner exists as long as its process', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const owner = ownerId(child.pid);
  expect([owner, `${owner}-Ab_1x9`].map(hasOwnerExited)).toEqual([false, false]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect([owner, `${owner}-Ab_1x9`].map(hasOwnerExited)).toEqual([true, true]);
});

test.each(['user.slice', 'cdk-rehearsal-1', 'cdk-rehearsal-0-1-1-2', 'cdk-rehearsal-0-1-1-Ab_1x9z'])(
  'the owner of %s is unknown, and so not ended',
  (name) => {
    expect(hasOwnerExited(name)).toBe(false);
  },
);
