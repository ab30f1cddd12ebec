import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledProgram } from '../../../../cli/rehearsal/bundled-program';
import { TaskProcesses } from '../../../../cli/rehearsal/tasks/task-processes';
import { standInForDocker } from './engine-stand-in';
import { processState } from './process-state';
import { controlGroupsLeft, QUOTAS_HERE } from './quotas-here';
import { run, taskOf } from './task-of';

function parentOf(processId: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(processId)], { encoding: 'utf8' }));
}

async function untilGone(processIds: readonly number[]): Promise<void> {
  await expect.poll(() => processIds.filter(processState), { timeout: 20_000 }).toEqual([]);
}

describe.each(QUOTAS_HERE)('under a quota by %s', (quota) => {
  /** Runs the stand-in for the command, and waits until its tasks run. */
  async function startTool(): Promise<{ tool: ChildProcess; taskIds: number[] }> {
    const tool = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'scripts', 'tool.ts'), quota], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void tool.kill('SIGKILL'));
    const [line] = await once(tool.stdout!, 'data');
    return { tool, taskIds: JSON.parse(String(line)) };
  }

  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('a tool that ends by %s leaves no task and no keeper', async (signal) => {
    const { tool, taskIds } = await startTool();
    const keeperId = parentOf(taskIds[0]!);
    tool.kill(signal);
    await untilGone([...taskIds, keeperId]);
    await expect.poll(() => controlGroupsLeft(keeperId), { timeout: 20_000 }).toEqual([]);
  });

  test('the end of the whole process group of the tool leaves no task and no keeper', async () => {
    const { tool, taskIds } = await startTool();
    const keeperId = parentOf(taskIds[0]!);
    process.kill(-tool.pid!, 'SIGKILL');
    await untilGone([...taskIds, keeperId]);
    await expect.poll(() => controlGroupsLeft(keeperId), { timeout: 20_000 }).toEqual([]);
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('a keeper that ends by %s leaves no task, and the tool hears of it', async (signal) => {
    const processes = await TaskProcesses.start({ runtime: 'process', quota });
    onTestFinished(() => processes.stop());
    const tasks = await Promise.all([1, 2, 3].map(() => run(processes, taskOf('busy', '600'), 0.25)));
    const keeperId = parentOf(tasks[0]!.processId);
    process.kill(keeperId, signal);
    await expect(processes.lost).rejects.toThrow('the task keeper must live as long as the rehearsal, it ended with');
    for (const task of tasks) expect(await task.exited).toMatchObject({ signal: 'SIGKILL' });
    await untilGone(tasks.map((task) => task.processId));
    await expect.poll(() => controlGroupsLeft(keeperId), { timeout: 20_000 }).toEqual([]);
  });

  test('nothing is run once the keeper is gone', async () => {
    const processes = await TaskProcesses.start({ runtime: 'process', quota });
    const task = await run(processes, taskOf('idle'), 0.25);
    process.kill(parentOf(task.processId), 'SIGKILL');
    await expect(processes.lost).rejects.toThrow();
    await expect(run(processes, taskOf('idle'), 0.25)).rejects.toThrow();
  });

  test.runIf(quota === 'cgroup')('what a tool and its keeper have left that were killed at once is removed by the next one', async () => {
    const { tool, taskIds } = await startTool();
    const keeperId = parentOf(taskIds[0]!);
    process.kill(keeperId, 'SIGSTOP');
    tool.kill('SIGKILL');
    process.kill(keeperId, 'SIGKILL');
    await expect.poll(() => controlGroupsLeft(keeperId).length).toBeGreaterThan(0);
    await untilGone([keeperId]);
    const processes = await TaskProcesses.start({ runtime: 'process', quota });
    onTestFinished(() => processes.stop());
    await untilGone(taskIds);
    expect(controlGroupsLeft(keeperId)).toEqual([]);
  });
});

test('a tool that ends before the engine has answered leaves no keeper', async () => {
  const folder = standInForDocker(`
    : > $HERE/asked
    while [ ! -e $HERE/answer ]; do sleep 0.01; done`);
  const keeper = fork(bundledProgram('task-keeper'), [JSON.stringify({ runtime: 'docker' })], { execArgv: [] });
  onTestFinished(() => void keeper.kill('SIGKILL'));
  const gone = once(keeper, 'exit');
  await expect.poll(() => existsSync(join(folder, 'asked')), { timeout: 20_000 }).toBe(true);
  keeper.disconnect();
  writeFileSync(join(folder, 'answer'), '');
  expect(await gone).toEqual([0, null]);
});
