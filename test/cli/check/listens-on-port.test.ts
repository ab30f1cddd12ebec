import { expect, test } from 'vitest';
import type { CheckedTask } from '../../../cli/check/checked-task';
import { listensOnPort } from '../../../cli/check/listens-on-port';
import { freePort } from '../../../rehearsal/task-runtime/process/ports';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';

/** A task that has ended before it listened. */
async function endedTask(isContainer: boolean): Promise<CheckedTask> {
  const hostPort = await freePort();
  const handle = { exited: Promise.resolve() };
  return { plan: DEFAULT_PLAN, hostPort, isContainer, handle, hasExited: true, exitDescription: 'ended with exit code 3' } as never;
}

test.each([
  ['a process', false, /^see its last output: a process on this machine gets PORT .*, no other variables$/],
  ['a container', true, /^see its last output: a container gets PORT .* that of its image, but no secrets$/],
])('%s that ends at its start is reported with the variables that it gets', async (_, isContainer, fix) => {
  const result = await listensOnPort(await endedTask(isContainer));
  expect(result).toMatchObject({ status: 'failed', reason: 'it ended with exit code 3' });
  expect(result.fix).toMatch(fix);
});
