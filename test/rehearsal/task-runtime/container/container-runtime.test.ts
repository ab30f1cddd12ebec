import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerEngine } from '../../../../rehearsal/task-runtime/container/container-engine';
import { ContainerRuntime } from '../../../../rehearsal/task-runtime/container/container-runtime';
import { waitUntilListening } from '../../../../rehearsal/task-runtime/process/ports';
import type { TaskContainer } from '../../../../rehearsal/task-runtime/task-container';
import type { TaskHandle } from '../../../../rehearsal/task-runtime/task-runtime';
import type { TaskSize } from '../../../../src/plan/task-size';
import { containerNameOf, containerNames, ENGINES_HERE } from '../engines-here';

const SERVER = `
require('node:http').createServer((_, response) => response.end([process.env.PORT, process.env.WORD, process.getuid()].join())).listen(process.env.PORT);
process.on('SIGTERM', () => { console.log('bye'); process.exit(4); });
`;

const BUSY = `
const [startedAt, before] = [performance.now(), process.cpuUsage()];
while (performance.now() - startedAt < 4000);
const { user, system } = process.cpuUsage(before);
console.log('share', ((user + system) / 1000 / (performance.now() - startedAt)).toFixed(4));
`;

const WRITER = `
const { readFileSync, writeFileSync } = require('node:fs');
const write = (folder) => {
  try {
    writeFileSync(folder + '/file', 'x');
    return 'yes';
  } catch ({ code }) {
    return code;
  }
};
for (const folder of ['/tmp', '/var/cache/shop', '/bin']) console.log(folder, write(folder));
console.log(/^CapEff:\\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
`;

const SIZE: TaskSize = { cpu: 256, memoryMiB: 256 };

function containerOf(script: string, changes: Partial<TaskContainer> = {}): TaskContainer {
  const command = ['node', '-e', script];
  return {
    image: NODE_IMAGE,
    port: 8080,
    environment: { WORD: 'hello' },
    command,
    readonlyRootFilesystem: true,
    initProcessEnabled: true,
    ...changes,
  };
}

async function responseOf(task: TaskHandle, timeoutMillis = 20_000): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${task.port}/`, { signal: AbortSignal.timeout(timeoutMillis) });
  return response.text();
}

function processOf(task: TaskHandle): number {
  return (task as TaskHandle & { processId: number }).processId;
}

test.skipIf(ENGINES_HERE.length > 0)('no engine runs here: tasks as containers were not tested', (context) => context.skip());

describe.each(ENGINES_HERE)('tasks as containers of %s', (engine) => {
  async function start(container: TaskContainer, size = SIZE): Promise<ContainerRuntime> {
    const runtime = await ContainerRuntime.start(engine, container, size);
    onTestFinished(() => runtime.stop());
    return runtime;
  }

  async function serving(): Promise<TaskHandle> {
    const task = await (await start(containerOf(SERVER))).run();
    await waitUntilListening(task.port, AbortSignal.timeout(30_000));
    return task;
  }

  test('a task gets the port of the container as PORT, and is reached at a free port', async () => {
    const runtime = await start(containerOf(SERVER, { user: '12:12' }));
    expect(runtime.description).toBe(`containers of ${engine}, CPU quota by --cpus`);
    const task = await runtime.run();
    await waitUntilListening(task.port, AbortSignal.timeout(30_000));
    expect(await responseOf(task)).toBe('8080,hello,12');
    await expect.poll(() => task.memoryMiB, { timeout: 10_000 }).toBeGreaterThan(10);
    expect(await task.stop(20)).toMatchObject({ code: 4, signal: null, isOutOfMemory: false, lastOutput: 'bye' });
  });

  test('a busy task gets its share of a core', { retry: 2 }, async () => {
    const task = await (await start(containerOf(BUSY))).run();
    const { lastOutput, code } = await task.exited;
    const share = Number(/share ([\d.]+)/.exec(lastOutput)![1]);
    expect(code).toBe(0);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.28);
    expect(task.cpuSeconds).toBeGreaterThan(0.8);
    expect(task.cpuSeconds).toBeLessThan(1.6);
  });

  test('a slow task shows full CPU and gets a share of it', { retry: 2 }, async () => {
    const task = await (await start(containerOf(BUSY), { cpu: 1024, memoryMiB: 256 })).run();
    task.setRelativeSpeed(0.2);
    const { lastOutput } = await task.exited;
    expect(Number(/share ([\d.]+)/.exec(lastOutput)![1])).toBeLessThan(0.6);
    expect(task.cpuSeconds).toBeGreaterThan(2);
  });

  test('a task does not respond while it is paused, and responds once it is unpaused', async () => {
    const task = await serving();
    task.pause();
    await expect.poll(() => responseOf(task, 200).catch(() => 'no response'), { timeout: 20_000 }).toBe('no response');
    task.unpause();
    await expect.poll(() => responseOf(task, 2000).catch(() => 'no response'), { timeout: 20_000 }).toContain('hello');
    task.pause();
    task.kill();
    expect(await task.exited).toMatchObject({ code: null, signal: 'SIGKILL', isOutOfMemory: false });
  });

  test('a task that exhausts its memory is killed, and reports why', async () => {
    const task = await serving();
    task.exhaustMemory();
    expect(await task.exited).toMatchObject({ signal: 'SIGKILL', isOutOfMemory: true });
    // podman's monitor writes a file of that name to its working directory.
    expect(existsSync('oom')).toBe(false);
  });

  test('a task that ends at once reports how, and its last lines', async () => {
    const runtime = await start(containerOf('console.error("no database"); process.exitCode = 3'));
    expect(await (await runtime.run()).exited).toMatchObject({ code: 3, signal: null, lastOutput: 'no database' });
  });

  test('a task writes only to its writable directories, has no capabilities, and leaves no volume', async () => {
    const volumes = (): string => execFileSync(engine, ['volume', 'ls', '--quiet'], { encoding: 'utf8' });
    const before = volumes();
    const changes = { user: '0:0', writableDirectories: ['/tmp', '/var/cache/shop'], droppedCapabilities: ['ALL'] };
    const task = await (await start(containerOf(WRITER, changes))).run();
    expect(await task.exited).toMatchObject({ code: 0, lastOutput: '/tmp yes\n/var/cache/shop yes\n/bin EROFS\n0000000000000000' });
    expect(volumes()).toBe(before);
  });

  test('an image that cannot run is an error with the output of the engine', async () => {
    const runtime = await start(containerOf('', { image: 'localhost/no/such/image:here' }));
    await expect(runtime.run()).rejects.toThrow(new RegExp(`${engine} cannot run the image:\n.*(no such image|image not known)`, 'is'));
    const missing = await start(containerOf('', { command: ['/no/such/program'], initProcessEnabled: false }));
    await expect(missing.run()).rejects.toThrow(/no such file or directory/);
  });

  test('starts and stops leave no container', async () => {
    const runtime = await start(containerOf(SERVER));
    const names: string[] = [];
    const startAndStop = async (): Promise<void> => {
      const task = await runtime.run();
      names.push(containerNameOf(processOf(task)));
      await task.stop(20);
    };
    await Promise.all(Array.from({ length: 4 }, startAndStop));
    const left = await runtime.run();
    names.push(containerNameOf(processOf(left)));
    await runtime.stop();
    expect(containerNames(engine).filter((name) => names.includes(name))).toEqual([]);
  });

  /** Runs a program in place of the command, and waits until its tasks run. */
  async function startCommand(): Promise<{ command: ChildProcess; names: string[]; supervisorId: number }> {
    const script = join(__dirname, '..', 'scripts', 'container-tool.ts');
    const command = spawn(process.execPath, ['--import', 'tsx', script, engine], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void command.kill('SIGKILL'));
    const [line] = await once(command.stdout!, 'data');
    const clients = JSON.parse(String(line)) as number[];
    const supervisorId = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(clients[0])], { encoding: 'utf8' }));
    return { command, names: clients.map(containerNameOf), supervisorId };
  }

  async function untilGone(names: readonly string[]): Promise<void> {
    await expect.poll(() => containerNames(engine).filter((name) => names.includes(name)), { timeout: 30_000 }).toEqual([]);
  }

  test('a command that is killed leaves no container', async () => {
    const { command, names } = await startCommand();
    command.kill('SIGKILL');
    await untilGone(names);
  });

  test('a supervisor that is killed leaves no container', async () => {
    const { names, supervisorId } = await startCommand();
    process.kill(supervisorId, 'SIGKILL');
    await untilGone(names);
  });

  test('leftovers of a command and a supervisor that were killed together are removed by the next supervisor', async () => {
    const { command, names, supervisorId } = await startCommand();
    process.kill(supervisorId, 'SIGSTOP');
    command.kill('SIGKILL');
    process.kill(supervisorId, 'SIGKILL');
    await expect.poll(() => containerNames(engine).filter((name) => names.includes(name))).toHaveLength(2);
    await start(containerOf(SERVER));
    expect(containerNames(engine).filter((name) => names.includes(name))).toEqual([]);
  });
});

test('an engine that does not run is an error that says what to do', async () => {
  const host = process.env['DOCKER_HOST'];
  onTestFinished(() => {
    if (host === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = host;
  });
  process.env['DOCKER_HOST'] = 'unix:///no/such/socket';
  // whether docker is installed or not, the message ends with an alternative.
  const failure = await ContainerEngine.open('docker').catch((error: Error) => error);
  expect((failure as Error).message).toMatch(/^--runtime docker needs .* or use --runtime process, which needs no engine$/);
});
