import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { ResourceLimiter } from '../../../../rehearsal/task-runtime/limits/resource-limiter';
import { ProcessStarter } from '../../../../rehearsal/task-runtime/process/process-task';
import { SpedUpClock } from '../../../../src/time/sped-up-clock';
import { taskOf } from '../task-of';

/** Starts a task with a resource limiter that fails. */
async function startWithLimiter(limit: ResourceLimiter['limit'], program: string): Promise<Error> {
  const clock = new SpedUpClock(1);
  onTestFinished(() => clock.stop());
  const starter = new ProcessStarter(clock, { description: '', limit, close: () => {} });
  const command = { ...taskOf('idle'), program };
  return starter.start(1, { kind: 'process', command }, { cpu: 256, memoryMiB: 512 }).catch((error: Error) => error) as Promise<Error>;
}

test('a missing program is an error of the command', async () => {
  const limit: ResourceLimiter['limit'] = async (_, __, spawn) => once(spawn(), 'spawn') as Promise<never>;
  expect((await startWithLimiter(limit, 'no-such-program')).message).toBe(
    "the task's command 'no-such-program' does not exist: no such program on the PATH",
  );
});

test('a failure of a control group is reported as the system reports it', async () => {
  const limit: ResourceLimiter['limit'] = async () => writeFileSync('/no/such/group/cgroup.procs', '0') as never;
  expect((await startWithLimiter(limit, process.execPath)).message).toBe(
    "ENOENT: no such file or directory, open '/no/such/group/cgroup.procs'",
  );
});
