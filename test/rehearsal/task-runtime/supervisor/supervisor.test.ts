import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledProgram } from '../../../../rehearsal/bundled-program';
import { SupervisorClient } from '../../../../rehearsal/task-runtime/supervisor/supervisor-client';
import { standInForDocker } from '../engine-stand-in';
import { processState } from '../process-state';
import { controlGroupsLeft, QUOTAS_HERE } from '../quotas-here';
import { run, taskOf } from '../task-of';

function parentOf(processId: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(processId)], { encoding: 'utf8' }));
}

async function untilGone(processIds: readonly number[]): Promise<void> {
  await expect.poll(() => processIds.filter(processState), { timeout: 20_000 }).toEqual([]);
}

describe.each(QUOTAS_HERE)('under a quota by %s', (quota) => {
  /** Runs a program in place of the command, and waits until its tasks run. */
  async function startCommand(): Promise<{ command: ChildProcess; taskIds: number[] }> {
    const command = spawn(process.execPath, ['--import', 'tsx', join(__dirname, '..', 'scripts', 'tool.ts'), quota], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void command.kill('SIGKILL'));
    const [line] = await once(command.stdout!, 'data');
    return { command, taskIds: JSON.parse(String(line)) };
  }

  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('a command that ends by %s leaves no task and no supervisor', async (signal) => {
    const { command, taskIds } = await startCommand();
    const supervisorId = parentOf(taskIds[0]!);
    command.kill(signal);
    await untilGone([...taskIds, supervisorId]);
    await expect.poll(() => controlGroupsLeft(supervisorId), { timeout: 20_000 }).toEqual([]);
  });

  test('the end of the whole process group of the command leaves no task and no supervisor', async () => {
    const { command, taskIds } = await startCommand();
    const supervisorId = parentOf(taskIds[0]!);
    process.kill(-command.pid!, 'SIGKILL');
    await untilGone([...taskIds, supervisorId]);
    await expect.poll(() => controlGroupsLeft(supervisorId), { timeout: 20_000 }).toEqual([]);
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('a supervisor that ends by %s leaves no task, and the command is notified', async (signal) => {
    const client = await SupervisorClient.start({ runtime: 'process', quota });
    onTestFinished(() => client.stop());
    const tasks = await Promise.all([1, 2, 3].map(() => run(client, taskOf('busy', '600'), 0.25)));
    const supervisorId = parentOf(tasks[0]!.processId);
    process.kill(supervisorId, signal);
    await expect(client.supervisorExited).rejects.toThrow('the task supervisor ended with');
    for (const task of tasks) expect(await task.exited).toMatchObject({ signal: 'SIGKILL' });
    await untilGone(tasks.map((task) => task.processId));
    await expect.poll(() => controlGroupsLeft(supervisorId), { timeout: 20_000 }).toEqual([]);
  });

  test('no task starts once the supervisor has ended', async () => {
    const client = await SupervisorClient.start({ runtime: 'process', quota });
    const task = await run(client, taskOf('idle'), 0.25);
    process.kill(parentOf(task.processId), 'SIGKILL');
    await expect(client.supervisorExited).rejects.toThrow();
    await expect(run(client, taskOf('idle'), 0.25)).rejects.toThrow();
  });

  test.runIf(quota === 'cgroup')(
    'leftovers of a command and a supervisor that were killed together are removed by the next supervisor',
    async () => {
      const { command, taskIds } = await startCommand();
      const supervisorId = parentOf(taskIds[0]!);
      process.kill(supervisorId, 'SIGSTOP');
      command.kill('SIGKILL');
      process.kill(supervisorId, 'SIGKILL');
      await expect.poll(() => controlGroupsLeft(supervisorId).length).toBeGreaterThan(0);
      await untilGone([supervisorId]);
      const client = await SupervisorClient.start({ runtime: 'process', quota });
      onTestFinished(() => client.stop());
      await untilGone(taskIds);
      expect(controlGroupsLeft(supervisorId)).toEqual([]);
    },
  );
});

test('a command that ends before the engine responds leaves no supervisor', async () => {
  const folder = standInForDocker(`
    : > $HERE/called
    while [ ! -e $HERE/response ]; do sleep 0.01; done`);
  const supervisor = fork(bundledProgram('task-supervisor'), [JSON.stringify({ runtime: 'docker' })], { execArgv: [] });
  onTestFinished(() => void supervisor.kill('SIGKILL'));
  const gone = once(supervisor, 'exit');
  await expect.poll(() => existsSync(join(folder, 'called')), { timeout: 20_000 }).toBe(true);
  supervisor.disconnect();
  writeFileSync(join(folder, 'response'), '');
  expect(await gone).toEqual([0, null]);
});
