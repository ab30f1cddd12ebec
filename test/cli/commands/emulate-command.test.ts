import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CACHE_FOLDER, hasPython } from '../../emulation/control-plane/control-plane-here';
import { LOAD_BALANCER, NETWORK, SERVICE } from '../../emulation/control-plane/network-template';
import { Stacks } from '../../emulation/control-plane/stacks-of';
import { descendantsOf, processState } from '../../rehearsal/task-runtime/process-state';

const COMMAND = new URL('../../../lib-cli/main.js', import.meta.url).pathname;

/** A limit for a busy machine that installs the control plane for the first time. */
const LIMIT_MILLIS = 180_000;

interface RunningCommand {
  readonly output: () => string;
  readonly processId: number;
  readonly exited: Promise<number | null>;
}

function startCommand(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCommand {
  const child = spawn(process.execPath, [COMMAND, 'emulate', ...args], { env: { ...process.env, ...environment } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { output: () => output, processId: child.pid!, exited: once(child, 'close').then(([code]) => code as number | null) };
}

/** Its tasks begin after about half a minute. */
const SLOW_DEPLOYMENT = { Resources: { ...NETWORK, ...LOAD_BALANCER, ...SERVICE } };

test.each<{ readonly input: readonly string[]; readonly printed: string }>([
  { input: ['--speed', '100'], printed: "error: --speed must be from 1 to 60, got '100'" },
  { input: ['--speed', 'fast'], printed: "error: --speed must be from 1 to 60, got 'fast'" },
  { input: ['--port', '70000'], printed: 'error: --port must be' },
  { input: ['--runtime', 'lxc'], printed: "error: --runtime must be one of process, docker, podman, got 'lxc'" },
  { input: ['--task-command', 'node server.js'], printed: '--task-command' },
  { input: ['--command', 'node server.js', '--runtime', 'docker'], printed: '--command' },
  { input: ['somewhere'], printed: 'too many arguments' },
])('$input ends with exit code 2 and one sentence', async ({ input, printed }) => {
  const command = startCommand(input);
  expect(await command.exited).toBe(2);
  expect(command.output()).toContain(printed);
  expect(command.output().trim().split('\n')).toHaveLength(1);
});

test('a port that is in use ends with exit code 2 and a sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const command = startCommand(['--port', String(port)]);
  expect(await command.exited).toBe(2);
  expect(command.output()).toBe(`error: port ${port} is already in use: leave --port out to use any free port\n`);
});

test('without Python it ends with exit code 2 and a sentence', async () => {
  const command = startCommand([], { PATH: dirname('/nowhere/bin') });
  expect(await command.exited).toBe(2);
  expect(command.output()).toContain('Python');
});

test.skipIf(!hasPython('two emulations at once'))(
  'two run at once, print what to paste, and leave nothing after Ctrl-C',
  { timeout: LIMIT_MILLIS },
  async () => {
    const environment = { XDG_CACHE_HOME: dirname(CACHE_FOLDER) };
    const commands = [startCommand([], environment), startCommand(['--speed', '60'], environment)];
    const urls: string[] = [];
    for (const { output } of commands) {
      await expect.poll(output, { timeout: LIMIT_MILLIS, interval: 100 }).toContain('Ctrl-C ends it');
      urls.push(/AWS_ENDPOINT_URL=(\S+)/.exec(output())![1]!);
      const recorder = /CDK_DOCKER=(\S+)/.exec(output())![1]!;
      expect(readFileSync(recorder, 'utf8')).toContain('image-recorder');
    }
    expect(new Set(urls).size).toBe(2);
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0' };
    const identity = await fetch(urls[0]!, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    });
    expect(await identity.text()).toContain('123456789012');
    for (const { processId, exited, output } of commands) {
      process.kill(processId, 'SIGINT');
      expect(await exited).toBe(130);
      expect(existsSync(dirname(/CDK_DOCKER=(\S+)/.exec(output())![1]!))).toBe(false);
    }
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  },
);

test.skipIf(!hasPython('Ctrl-C during a deployment') || process.platform !== 'linux')(
  'Ctrl-C during a deployment ends it, and leaves no process and no file',
  { timeout: LIMIT_MILLIS },
  async () => {
    const command = startCommand(['--speed', '1', '--command', 'sleep 1000'], { XDG_CACHE_HOME: dirname(CACHE_FOLDER) });
    await expect.poll(command.output, { timeout: LIMIT_MILLIS, interval: 100 }).toContain('Ctrl-C ends it');
    const stacks = new Stacks(/AWS_ENDPOINT_URL=(\S+)/.exec(command.output())![1]!);
    await stacks.call('CreateStack', { StackName: 'slow', TemplateBody: JSON.stringify(SLOW_DEPLOYMENT) });
    const service = async (): Promise<string> => (await stacks.events('slow')).find(({ resource }) => resource === 'Service')?.status ?? '';
    await expect.poll(service, { timeout: LIMIT_MILLIS, interval: 100 }).toBe('CREATE_IN_PROGRESS');
    const started = descendantsOf(command.processId);
    expect(started.length).toBeGreaterThan(0);
    process.kill(command.processId, 'SIGINT');
    expect(await command.exited).toBe(130);
    expect(started.map(processState).filter((state) => state !== undefined)).toEqual([]);
    expect(existsSync(dirname(/CDK_DOCKER=(\S+)/.exec(command.output())![1]!))).toBe(false);
  },
);
