import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { containerUsage } from '../../../../rehearsal/task-runtime/container/container-usage';
import { SpedUpClock } from '../../../../src/time/sped-up-clock';

/** A container of an engine in a virtual machine: here, its process id belongs to another process. */
const ELSEWHERE = { id: 'a'.repeat(64), processId: process.pid };

test('the usage of a container in a virtual machine is polled from its engine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  const socketPath = join(folder, 'engine.sock');
  let seconds = 0;
  const server = createServer((_, response) => {
    seconds += 1;
    response.end(JSON.stringify({ cpu_stats: { cpu_usage: { total_usage: seconds * 1e9 } }, memory_stats: { usage: 2 ** 20 } }));
  }).listen(socketPath);
  await once(server, 'listening');
  const clock = new SpedUpClock(1);
  const usage = containerUsage(clock, ELSEWHERE, socketPath);
  onTestFinished(() => {
    usage.close();
    clock.stop();
    server.close();
    rmSync(folder, { recursive: true });
  });
  await expect.poll(() => usage.cpuSeconds, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(usage.memoryMiB).toBe(1);
});

test('a container of an engine on another machine is an error', () => {
  expect(() => containerUsage(new SpedUpClock(1), ELSEWHERE, undefined)).toThrow('the container engine runs on another machine');
});
