import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { containerUsage } from '../../../../cli/rehearsal/tasks/container-usage';
import { WallTime } from '../../../../src/time/wall-time';

/** A container of an engine in a virtual machine: the number of its process is that of another one here. */
const ELSEWHERE = { id: 'a'.repeat(64), processId: process.pid };

test('what a container in a virtual machine uses is asked of its engine, again and again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  const socketPath = join(folder, 'engine.sock');
  let seconds = 0;
  const server = createServer((_, answer) => {
    seconds += 1;
    answer.end(JSON.stringify({ cpu_stats: { cpu_usage: { total_usage: seconds * 1e9 } }, memory_stats: { usage: 2 ** 20 } }));
  }).listen(socketPath);
  await once(server, 'listening');
  const time = new WallTime(1);
  const usage = containerUsage(time, ELSEWHERE, socketPath);
  onTestFinished(() => {
    usage.close();
    time.stop();
    server.close();
    rmSync(folder, { recursive: true });
  });
  await expect.poll(() => usage.cpuSeconds, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(usage.memoryMiB).toBe(1);
});

test('a container that nobody here can see is refused', () => {
  expect(() => containerUsage(new WallTime(1), ELSEWHERE, undefined)).toThrow(
    'the engine must run on this machine, or on a virtual one of it',
  );
});
