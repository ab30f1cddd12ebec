import { expect, onTestFinished, test } from 'vitest';
import { ProcessRuntime } from '../../../../rehearsal/task-runtime/process/process-runtime';
import { taskOf } from '../task-of';

test.each(['/dev/stdout', '/dev/stderr', '/proc/self/fd/2'])(
  'a task can open %s, as the servers in images do for their logs',
  async (device) => {
    const command = { ...taskOf('idle'), program: 'sh', arguments: ['-c', `echo hello > ${device} || exit 1; echo world >> ${device}`] };
    const runtime = await ProcessRuntime.start(command, { cpu: 1024, memoryMiB: 512 });
    onTestFinished(() => runtime.stop());
    const task = await runtime.run();
    expect(await task.exited).toMatchObject({ code: 0, lastOutput: 'hello\nworld' });
  },
);

test('the output of a task that writes more than a pipe holds is read to its end', async () => {
  const script = 'for (let line = 0; line < 20000; line++) console.log("line", line)';
  const runtime = await ProcessRuntime.start(
    { ...taskOf('idle'), program: process.execPath, arguments: ['-e', script] },
    { cpu: 1024, memoryMiB: 512 },
  );
  onTestFinished(() => runtime.stop());
  const { lastOutput } = await (await runtime.run()).exited;
  expect(lastOutput.endsWith('line 19999')).toBe(true);
});
