import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isOwnerGone, ownerName } from '../../../../cli/rehearsal/tasks/owner-name';

test('an owner is there as long as its process is', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const name = ownerName(child.pid);
  expect(isOwnerGone(name)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isOwnerGone(name)).toBe(true);
});

test.each(['user.slice', 'cdk-rehearsal-1', 'cdk-rehearsal-0-1-1-2'])('nothing is said of %s', (name) => {
  expect(isOwnerGone(name)).toBe(false);
});
