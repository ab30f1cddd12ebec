import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CACHE_FOLDER, hasPython } from '../../emulation/control-plane/control-plane-here';

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
      expect(await exited).toBe(0);
      expect(existsSync(dirname(/CDK_DOCKER=(\S+)/.exec(output())![1]!))).toBe(false);
    }
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  },
);
