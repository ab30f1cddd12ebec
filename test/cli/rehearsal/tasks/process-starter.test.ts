import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { ConfinementMethod } from '../../../../cli/rehearsal/tasks/confinement';
import { ProcessStarter } from '../../../../cli/rehearsal/tasks/process-starter';
import { WallTime } from '../../../../src/time/wall-time';
import { taskOf } from './task-of';

/** Starts a task under a quota that the system refuses. */
async function startUnder(confine: ConfinementMethod['confine'], program: string): Promise<Error> {
  const time = new WallTime(1);
  onTestFinished(() => time.stop());
  const starter = new ProcessStarter(time, { description: '', confine, close: () => {} });
  const command = { ...taskOf('idle'), program };
  return starter.start(1, { kind: 'process', command }, { cpu: 256, memoryMiB: 512 }).catch((error: Error) => error) as Promise<Error>;
}

test('a command that is not there is a mistake of the command', async () => {
  const confine: ConfinementMethod['confine'] = async (_, __, spawn) => once(spawn(), 'spawn') as Promise<never>;
  expect((await startUnder(confine, 'no-such-program')).message).toBe(
    "the task's command must exist, got 'no-such-program': no such program on the PATH",
  );
});

test('what the system refuses of a control group is told as it is', async () => {
  const confine: ConfinementMethod['confine'] = async () => writeFileSync('/no/such/group/cgroup.procs', '0') as never;
  expect((await startUnder(confine, process.execPath)).message).toBe(
    "ENOENT: no such file or directory, open '/no/such/group/cgroup.procs'",
  );
});
