import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { type TaskCommand, type TaskProcess, TaskProcesses } from '../../../../cli/rehearsal/tasks/task-processes';
import { InvalidInput } from '../../../../src/plan/invalid-input';
import { processState } from './process-state';
import { taskOf } from './task-of';

async function startProcesses(): Promise<TaskProcesses> {
  const processes = await TaskProcesses.start();
  onTestFinished(() => processes.stop());
  return processes;
}

async function untilReady(task: TaskProcess): Promise<void> {
  await expect.poll(() => task.lastOutput, { timeout: 10_000 }).toContain('ready');
}

/** The states of a process, seen so many times, one right after the other. */
function states(task: TaskProcess, times: number): (string | undefined)[] {
  return Array.from({ length: times }, () => processState(task.processId));
}

// on a machine that is too busy to give a task its share, no quota can.
test.each([0.25, 0.5])('a busy task with %d vCPU gets that share of a core', { retry: 2 }, async (vcpu) => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('busy', '3'), vcpu);
  const { code, lastOutput } = await task.exited;
  const share = Number(lastOutput.match(/share ([\d.]+)/)![1]);
  expect(code).toBe(0);
  expect(share).toBeGreaterThan(vcpu * 0.88);
  expect(share).toBeLessThan(vcpu * 1.12);
  // what the program used to start up counts as well, what it used after the last report does not.
  expect(task.cpuSeconds).toBeGreaterThan(3 * share - 0.15);
  expect(task.cpuSeconds).toBeLessThan(3 * share + 0.5);
});

test('a process that a task starts shares its quota', { retry: 2 }, async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('parent', ...taskOf('busy', '3').arguments), 0.25);
  const { lastOutput } = await task.exited;
  expect(Number(lastOutput.match(/share ([\d.]+)/)![1])).toBeLessThan(0.28);
});

test('an idle task is never stopped', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('idle'), 0.25);
  await untilReady(task);
  // it may still owe something for starting up.
  await expect.poll(() => states(task, 40), { timeout: 30_000 }).not.toContain('T');
});

test('a task that ends says how, and its last lines', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('fails'), 0.25);
  const exit = await task.exited;
  expect(exit).toMatchObject({ code: 3, signal: null });
  expect(exit.lastOutput).toContain('line 30');
  expect(exit.lastOutput).toContain('no database');
  expect(task.lastOutput).toBe(exit.lastOutput);
});

const idle = taskOf('idle');

test.each<[string, TaskCommand, string]>([
  ['program', { ...idle, program: 'nodde' }, "the task's command must exist, got 'nodde': no such program on the PATH"],
  ['file', { ...idle, program: './nodde', workingDirectory: tmpdir() }, `got './nodde': no such file from ${tmpdir()}`],
  ['working directory', { ...idle, workingDirectory: '/no/such/folder' }, "working directory must exist, got '/no/such/folder'"],
])('fails when there is no such %s', async (_what, command, sentence) => {
  const processes = await startProcesses();
  const failure = await processes.run(command, 0.25).catch((error: Error) => error);
  expect(failure).toBeInstanceOf(InvalidInput);
  expect((failure as Error).message).toContain(sentence);
});

test('a task sees nothing of the environment of the tool but the basics', async () => {
  process.env['TOOL_SECRET'] = 'secret';
  const processes = await startProcesses();
  const show = { ...idle, arguments: ['-p', 'Object.keys(process.env).sort().join()'], environment: { PORT: '1' } };
  const { lastOutput } = await (await processes.run(show, 1)).exited;
  expect(lastOutput).toContain('PATH,PORT');
  expect(lastOutput).not.toContain('TOOL_SECRET');
});

test('a task that is stopped may finish', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('finishes'), 0.1);
  await untilReady(task);
  expect(await task.stop(30)).toMatchObject({ code: 0, signal: null, lastOutput: 'ready\nfinished' });
});

test('a task that does not end in time is killed', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('stubborn'), 0.25);
  await untilReady(task);
  expect(await task.stop(0.5)).toMatchObject({ code: null, signal: 'SIGKILL', lastOutput: 'ready\nno' });
});

test('a frozen task stays frozen until it is continued, whatever its quota allows', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('busy', '600'), 0.5);
  await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(0.1);
  task.signal('SIGSTOP');
  await expect.poll(() => new Set(states(task, 40)), { timeout: 30_000 }).toEqual(new Set(['T']));
  const usedFrozen = task.cpuSeconds;
  task.signal('SIGCONT');
  await expect.poll(() => task.cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(usedFrozen + 0.2);
});

test('a signal reaches the task', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('idle'), 0.25);
  task.signal('SIGKILL');
  expect(await task.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test('what a task started ends with it', async () => {
  const processes = await startProcesses();
  const task = await processes.run(taskOf('parent', ...idle.arguments), 1);
  await untilReady(task);
  const child = Number(task.lastOutput.match(/child (\d+)/)![1]);
  task.signal('SIGKILL');
  await task.exited;
  await expect.poll(() => processState(child), { timeout: 10_000 }).toBeUndefined();
});

test('fifty starts and stops leave no process', async () => {
  const processes = await startProcesses();
  const startAndStop = async (): Promise<number> => {
    const task = await processes.run(idle, 0.25);
    await task.stop(5);
    return task.processId;
  };
  const processIds: number[] = [];
  for (let round = 0; round < 10; round++) processIds.push(...(await Promise.all(Array.from({ length: 5 }, startAndStop))));
  expect(processIds.map(processState).filter(Boolean)).toEqual([]);
});

test('stopping ends every task, and twice does no harm', async () => {
  const processes = await TaskProcesses.start();
  const tasks = await Promise.all(['busy', 'idle', 'stubborn'].map((name) => processes.run(taskOf(name, '600'), 0.25)));
  await Promise.all([processes.stop(), processes.stop()]);
  await processes.stop();
  expect(await Promise.all(tasks.map((task) => task.exited))).toMatchObject(tasks.map(() => ({ signal: 'SIGKILL' })));
  expect(tasks.map((task) => processState(task.processId))).toEqual([undefined, undefined, undefined]);
  await expect(processes.run(idle, 0.25)).rejects.toThrow();
});
