import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SupervisedTaskHandle } from '../../../../rehearsal/task-runtime/supervisor/supervisor-client';
import { SupervisorClient } from '../../../../rehearsal/task-runtime/supervisor/supervisor-client';
import type { TaskCommand } from '../../../../rehearsal/task-runtime/task-command';
import { formatExit } from '../../../../rehearsal/task-runtime/task-runtime';
import { InputError } from '../../../../src/parse/input-error';
import { processesNamed, processState } from '../process-state';
import { QUOTAS_HERE } from '../quotas-here';
import { run, taskOf } from '../task-of';

async function untilReady(task: SupervisedTaskHandle): Promise<void> {
  await expect.poll(() => task.lastOutput, { timeout: 10_000 }).toContain('ready');
}

/** The state of a process, read a number of times in a row. */
function states(task: SupervisedTaskHandle, times: number): (string | undefined)[] {
  return Array.from({ length: times }, () => processState(task.processId));
}

function shareIn(output: string): number {
  return Number(output.match(/share ([\d.]+)/)![1]);
}

/** The share of a core that a process without limits gets on this machine at the moment. */
async function shareOfBusyProcess(): Promise<number> {
  const { program, arguments: args } = taskOf('busy', '3');
  return shareIn((await promisify(execFile)(program, [...args])).stdout);
}

const idle = taskOf('idle');

describe.each(QUOTAS_HERE)('under a quota by %s', (quota) => {
  async function startSupervisor(): Promise<SupervisorClient> {
    const supervisor = await SupervisorClient.start({ runtime: 'process', quota });
    onTestFinished(() => supervisor.stop());
    return supervisor;
  }

  test.each([0.25, 0.5])('a busy task with %d vCPU gets that share of a core', { retry: 2 }, async (vcpu) => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('busy', '3'), vcpu);
    const [{ code, lastOutput }, shareWithoutQuota] = await Promise.all([task.exited, shareOfBusyProcess()]);
    const share = shareIn(lastOutput);
    expect(code).toBe(0);
    // on a machine that is too busy to give any process that share, no quota can.
    expect(share).toBeGreaterThan(Math.min(vcpu, shareWithoutQuota) * 0.88);
    expect(share).toBeLessThan(vcpu * 1.12);
    // includes the CPU time of the start, and excludes what was used after the last report.
    expect(task.cpuSeconds).toBeGreaterThan(3 * share - 0.15);
    expect(task.cpuSeconds).toBeLessThan(3 * share + 0.5);
  });

  test('a process that a task starts shares its quota', { retry: 2 }, async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('parent', ...taskOf('busy', '3').arguments), 0.25);
    const { lastOutput } = await task.exited;
    expect(shareIn(lastOutput)).toBeLessThan(0.28);
  });

  test('an idle task is never stopped', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('idle'), 0.25);
    await untilReady(task);
    // the CPU time of its start may still be deducted.
    await expect.poll(() => states(task, 40), { timeout: 30_000 }).not.toContain('T');
  });

  test('a task that ends reports how, and its last lines', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('fails'), 0.25);
    const exit = await task.exited;
    expect(exit).toMatchObject({ code: 3, signal: null });
    expect(exit.lastOutput).toContain('line 30');
    expect(exit.lastOutput).toContain('no database');
    expect(task.lastOutput).toBe(exit.lastOutput);
  });

  test.each<[string, TaskCommand, string]>([
    ['program', { ...idle, program: 'nodde' }, "the task's command 'nodde' does not exist: no such program on the PATH"],
    [
      'file',
      { ...idle, program: './nodde', workingDirectory: tmpdir() },
      `command './nodde' does not exist: no such file from ${tmpdir()}`,
    ],
    ['working directory', { ...idle, workingDirectory: '/no/such/folder' }, "working directory '/no/such/folder' does not exist"],
  ])('fails when there is no such %s', async (_what, command, message) => {
    const supervisor = await startSupervisor();
    const failure = await run(supervisor, command, 0.25).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).toContain(message);
  });

  test('a task inherits only the basic variables of the environment', async () => {
    process.env['COMMAND_SECRET'] = 'secret';
    const supervisor = await startSupervisor();
    const show = { ...idle, arguments: ['-p', 'Object.keys(process.env).sort().join()'], environment: { PORT: '1' } };
    const { lastOutput } = await (await run(supervisor, show, 1)).exited;
    expect(lastOutput).toContain('PATH,PORT');
    expect(lastOutput).not.toContain('COMMAND_SECRET');
  });

  test('a task that is stopped may finish', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('finishes'), 0.1);
    await untilReady(task);
    expect(await task.stop(30)).toMatchObject({ code: 0, signal: null, lastOutput: 'ready\nfinished' });
  });

  test('a task that does not end in time is killed', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('stubborn'), 0.25);
    await untilReady(task);
    expect(await task.stop(0.5)).toMatchObject({ code: null, signal: 'SIGKILL', lastOutput: 'ready\nno' });
  });

  test('a paused task stays paused until it is unpaused, independent of its quota', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('busy', '600'), 0.5);
    await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(0.1);
    task.pause();
    await expect.poll(() => new Set(states(task, 40)), { timeout: 30_000 }).toEqual(new Set(['T']));
    const usedWhilePaused = task.cpuSeconds;
    task.unpause();
    await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(usedWhilePaused + 0.2);
  });

  test('a task can be killed', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('idle'), 0.25);
    task.kill();
    expect(await task.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test('the child processes of a task end with it', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('parent', ...idle.arguments), 1);
    await untilReady(task);
    const child = Number(task.lastOutput.match(/child (\d+)/)![1]);
    task.kill();
    await task.exited;
    await expect.poll(() => processState(child), { timeout: 10_000 }).toBeUndefined();
  });

  test('fifty starts and stops leave no process', async () => {
    const supervisor = await startSupervisor();
    const startAndStop = async (): Promise<number> => {
      const task = await run(supervisor, idle, 0.25);
      await task.stop(5);
      return task.processId;
    };
    const processIds: number[] = [];
    for (let round = 0; round < 10; round++) processIds.push(...(await Promise.all(Array.from({ length: 5 }, startAndStop))));
    expect(processIds.map(processState).filter(Boolean)).toEqual([]);
  });

  test('stopping kills every task, and stopping twice is harmless', async () => {
    const supervisor = await SupervisorClient.start({ runtime: 'process', quota });
    const tasks = await Promise.all(['busy', 'idle', 'stubborn'].map((name) => run(supervisor, taskOf(name, '600'), 0.25)));
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    await supervisor.stop();
    expect(await Promise.all(tasks.map((task) => task.exited))).toMatchObject(tasks.map(() => ({ signal: 'SIGKILL' })));
    expect(tasks.map((task) => processState(task.processId))).toEqual([undefined, undefined, undefined]);
    await expect(run(supervisor, idle, 0.25)).rejects.toThrow();
  });

  test('a paused task can be killed', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, idle, 0.25);
    task.pause();
    task.kill();
    expect(await task.exited).toMatchObject({ signal: 'SIGKILL', isOutOfMemory: false });
  });

  test('a busy slow task shows full CPU and gets a share of it', { retry: 2 }, async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, taskOf('busy', '3'), 0.5);
    task.setRelativeSpeed(0.25);
    const { lastOutput } = await task.exited;
    const share = shareIn(lastOutput);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.16);
    // three seconds at half a core, and what it took to start.
    expect(task.cpuSeconds).toBeGreaterThan(3 * 0.42);
  });

  test('the memory of a task is reported', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, idle, 1);
    await expect.poll(() => task.memoryMiB, { timeout: 10_000 }).toBeGreaterThan(10);
  });

  test('a task that exhausts its memory is killed, and reports why', async () => {
    const supervisor = await startSupervisor();
    const task = await run(supervisor, idle, 1, 256);
    await untilReady(task);
    task.exhaustMemory();
    const exit = await task.exited;
    expect(exit).toMatchObject({ code: null, signal: 'SIGKILL', isOutOfMemory: true });
    expect(formatExit(exit)).toBe('exit code 137, OutOfMemoryError: it needed more memory than it has');
    await expect.poll(() => processesNamed('2 ** 20, 1'), { timeout: 10_000 }).toEqual([]);
  });
});
