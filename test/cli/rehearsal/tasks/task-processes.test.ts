import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { StartedTask } from '../../../../cli/rehearsal/tasks/started-task';
import type { TaskCommand } from '../../../../cli/rehearsal/tasks/task-command';
import { exitInWords } from '../../../../cli/rehearsal/tasks/task-exit';
import { TaskProcesses } from '../../../../cli/rehearsal/tasks/task-processes';
import { InvalidInput } from '../../../../src/plan/invalid-input';
import { processesNamed, processState } from './process-state';
import { QUOTAS_HERE } from './quotas-here';
import { run, taskOf } from './task-of';

async function untilReady(task: StartedTask): Promise<void> {
  await expect.poll(() => task.lastOutput, { timeout: 10_000 }).toContain('ready');
}

/** The states of a process, seen so many times, one right after the other. */
function states(task: StartedTask, times: number): (string | undefined)[] {
  return Array.from({ length: times }, () => processState(task.processId));
}

function shareIn(output: string): number {
  return Number(output.match(/share ([\d.]+)/)![1]);
}

/** What this machine has to give at the moment: the share of a core of a process that nobody holds to anything. */
async function shareOfBusyProcess(): Promise<number> {
  const { program, arguments: words } = taskOf('busy', '3');
  return shareIn((await promisify(execFile)(program, [...words])).stdout);
}

const idle = taskOf('idle');

describe.each(QUOTAS_HERE)('under a quota by %s', (quota) => {
  async function startProcesses(): Promise<TaskProcesses> {
    const processes = await TaskProcesses.start({ runtime: 'process', quota });
    onTestFinished(() => processes.stop());
    return processes;
  }

  test.each([0.25, 0.5])('a busy task with %d vCPU gets that share of a core', { retry: 2 }, async (vcpu) => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('busy', '3'), vcpu);
    const [{ code, lastOutput }, shareWithoutQuota] = await Promise.all([task.exited, shareOfBusyProcess()]);
    const share = shareIn(lastOutput);
    expect(code).toBe(0);
    // on a machine that is too busy to give any process that share, no quota can.
    expect(share).toBeGreaterThan(Math.min(vcpu, shareWithoutQuota) * 0.88);
    expect(share).toBeLessThan(vcpu * 1.12);
    // what the program used to start up counts as well, what it used after the last report does not.
    expect(task.cpuSeconds).toBeGreaterThan(3 * share - 0.15);
    expect(task.cpuSeconds).toBeLessThan(3 * share + 0.5);
  });

  test('a process that a task starts shares its quota', { retry: 2 }, async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('parent', ...taskOf('busy', '3').arguments), 0.25);
    const { lastOutput } = await task.exited;
    expect(shareIn(lastOutput)).toBeLessThan(0.28);
  });

  test('an idle task is never stopped', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('idle'), 0.25);
    await untilReady(task);
    // it may still owe something for starting up.
    await expect.poll(() => states(task, 40), { timeout: 30_000 }).not.toContain('T');
  });

  test('a task that ends says how, and its last lines', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('fails'), 0.25);
    const exit = await task.exited;
    expect(exit).toMatchObject({ code: 3, signal: null });
    expect(exit.lastOutput).toContain('line 30');
    expect(exit.lastOutput).toContain('no database');
    expect(task.lastOutput).toBe(exit.lastOutput);
  });

  test.each<[string, TaskCommand, string]>([
    ['program', { ...idle, program: 'nodde' }, "the task's command must exist, got 'nodde': no such program on the PATH"],
    ['file', { ...idle, program: './nodde', workingDirectory: tmpdir() }, `got './nodde': no such file from ${tmpdir()}`],
    ['working directory', { ...idle, workingDirectory: '/no/such/folder' }, "working directory must exist, got '/no/such/folder'"],
  ])('fails when there is no such %s', async (_what, command, sentence) => {
    const processes = await startProcesses();
    const failure = await run(processes, command, 0.25).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(InvalidInput);
    expect((failure as Error).message).toContain(sentence);
  });

  test('a task sees nothing of the environment of the tool but the basics', async () => {
    process.env['TOOL_SECRET'] = 'secret';
    const processes = await startProcesses();
    const show = { ...idle, arguments: ['-p', 'Object.keys(process.env).sort().join()'], environment: { PORT: '1' } };
    const { lastOutput } = await (await run(processes, show, 1)).exited;
    expect(lastOutput).toContain('PATH,PORT');
    expect(lastOutput).not.toContain('TOOL_SECRET');
  });

  test('a task that is stopped may finish', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('finishes'), 0.1);
    await untilReady(task);
    expect(await task.stop(30)).toMatchObject({ code: 0, signal: null, lastOutput: 'ready\nfinished' });
  });

  test('a task that does not end in time is killed', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('stubborn'), 0.25);
    await untilReady(task);
    expect(await task.stop(0.5)).toMatchObject({ code: null, signal: 'SIGKILL', lastOutput: 'ready\nno' });
  });

  test('a frozen task stays frozen until it is continued, whatever its quota allows', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('busy', '600'), 0.5);
    await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(0.1);
    task.freeze();
    await expect.poll(() => new Set(states(task, 40)), { timeout: 30_000 }).toEqual(new Set(['T']));
    const usedFrozen = task.cpuSeconds;
    task.thaw();
    await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(usedFrozen + 0.2);
  });

  test('a task can be killed', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('idle'), 0.25);
    task.kill();
    expect(await task.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test('what a task started ends with it', async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('parent', ...idle.arguments), 1);
    await untilReady(task);
    const child = Number(task.lastOutput.match(/child (\d+)/)![1]);
    task.kill();
    await task.exited;
    await expect.poll(() => processState(child), { timeout: 10_000 }).toBeUndefined();
  });

  test('fifty starts and stops leave no process', async () => {
    const processes = await startProcesses();
    const startAndStop = async (): Promise<number> => {
      const task = await run(processes, idle, 0.25);
      await task.stop(5);
      return task.processId;
    };
    const processIds: number[] = [];
    for (let round = 0; round < 10; round++) processIds.push(...(await Promise.all(Array.from({ length: 5 }, startAndStop))));
    expect(processIds.map(processState).filter(Boolean)).toEqual([]);
  });

  test('stopping ends every task, and twice does no harm', async () => {
    const processes = await TaskProcesses.start({ runtime: 'process', quota });
    const tasks = await Promise.all(['busy', 'idle', 'stubborn'].map((name) => run(processes, taskOf(name, '600'), 0.25)));
    await Promise.all([processes.stop(), processes.stop()]);
    await processes.stop();
    expect(await Promise.all(tasks.map((task) => task.exited))).toMatchObject(tasks.map(() => ({ signal: 'SIGKILL' })));
    expect(tasks.map((task) => processState(task.processId))).toEqual([undefined, undefined, undefined]);
    await expect(run(processes, idle, 0.25)).rejects.toThrow();
  });

  test('a frozen task is killed all the same', async () => {
    const processes = await startProcesses();
    const task = await run(processes, idle, 0.25);
    task.freeze();
    task.kill();
    expect(await task.exited).toMatchObject({ signal: 'SIGKILL', isOutOfMemory: false });
  });

  test('a slow task that is kept busy shows all of its CPU and gets a share of it', { retry: 2 }, async () => {
    const processes = await startProcesses();
    const task = await run(processes, taskOf('busy', '3'), 0.5);
    task.setSpeedShare(0.25);
    const { lastOutput } = await task.exited;
    const share = shareIn(lastOutput);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.16);
    // three seconds at half a core, and what it took to start.
    expect(task.cpuSeconds).toBeGreaterThan(3 * 0.42);
  });

  test('the memory of a task is seen', async () => {
    const processes = await startProcesses();
    const task = await run(processes, idle, 1);
    await expect.poll(() => task.memoryMiB, { timeout: 10_000 }).toBeGreaterThan(10);
  });

  test('a task whose memory is filled is ended by its limit, and says so', async () => {
    const processes = await startProcesses();
    const task = await run(processes, idle, 1, 256);
    await untilReady(task);
    task.fillMemory();
    const exit = await task.exited;
    expect(exit).toMatchObject({ code: null, signal: 'SIGKILL', isOutOfMemory: true });
    expect(exitInWords(exit)).toBe('exit code 137, OutOfMemoryError: it needed more memory than it has');
    await expect.poll(() => processesNamed('2 ** 20, 1'), { timeout: 10_000 }).toEqual([]);
  });
});
