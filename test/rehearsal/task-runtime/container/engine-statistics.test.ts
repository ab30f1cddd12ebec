import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerEngine } from '../../../../rehearsal/task-runtime/container/container-engine';
import { EngineStatistics, parseStatistics } from '../../../../rehearsal/task-runtime/container/container-usage';
import { ENGINES_HERE } from '../engines-here';

const RESPONSE = {
  cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 }, online_cpus: 2 },
  memory_stats: { usage: 104_857_600, stats: { inactive_file: 20_971_520 }, limit: 536_870_912 },
};

test('parses a response', () => {
  expect(parseStatistics(JSON.stringify(RESPONSE))).toEqual({ cpuSeconds: 2.5, memoryMiB: 80 });
});

test.each(['{"message":"no such container"}', '{"cpu_stats":{},"memory_stats":{}}', 'not found'])('parses nothing from %s', (text) => {
  expect(parseStatistics(text)).toBeUndefined();
});

test('requests the statistics over the socket of the engine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  const socketPath = join(folder, 'engine.sock');
  const requested: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    requested.push(url);
    response.end(JSON.stringify(RESPONSE));
  }).listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  expect(await new EngineStatistics(socketPath, 'a1').read()).toEqual({ cpuSeconds: 2.5, memoryMiB: 80 });
  expect(requested).toEqual(['/containers/a1/stats?stream=false&one-shot=true']);
  expect(await new EngineStatistics(join(folder, 'none'), 'a1').read()).toBeUndefined();
});

describe.runIf(ENGINES_HERE.includes('docker'))('docker', () => {
  test('reports the usage of one of its containers', async () => {
    const engine = new ContainerEngine('docker');
    const id = await engine.run('run', '--detach', NODE_IMAGE, 'node', '-e', 'for (;;);');
    onTestFinished(() => engine.remove(id));
    const statistics = new EngineStatistics((await engine.socketPath())!, id);
    await expect.poll(async () => (await statistics.read())?.cpuSeconds, { timeout: 20_000 }).toBeGreaterThan(0.5);
  });
});
