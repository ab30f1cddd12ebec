import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerEngine } from '../../../../cli/rehearsal/tasks/container-engine';
import { EngineStatistics, parseStatistics } from '../../../../cli/rehearsal/tasks/engine-statistics';
import { ENGINES_HERE } from './engines-here';

const ANSWER = {
  cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 }, online_cpus: 2 },
  memory_stats: { usage: 104_857_600, stats: { inactive_file: 20_971_520 }, limit: 536_870_912 },
};

test('an answer is read', () => {
  expect(parseStatistics(JSON.stringify(ANSWER))).toEqual({ cpuSeconds: 2.5, memoryMiB: 80 });
});

test.each(['{"message":"no such container"}', '{"cpu_stats":{},"memory_stats":{}}', 'not found'])('nothing is read from %s', (text) => {
  expect(parseStatistics(text)).toBeUndefined();
});

test('an engine is asked over its socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  const socketPath = join(folder, 'engine.sock');
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, answer) => {
    asked.push(url);
    answer.end(JSON.stringify(ANSWER));
  }).listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  expect(await new EngineStatistics(socketPath, 'a1').read()).toEqual({ cpuSeconds: 2.5, memoryMiB: 80 });
  expect(asked).toEqual(['/containers/a1/stats?stream=false&one-shot=true']);
  expect(await new EngineStatistics(join(folder, 'none'), 'a1').read()).toBeUndefined();
});

describe.runIf(ENGINES_HERE.includes('docker'))('docker', () => {
  test('says what a container of its own uses', async () => {
    const engine = new ContainerEngine('docker');
    const id = await engine.ask('run', '--detach', NODE_IMAGE, 'node', '-e', 'for (;;);');
    onTestFinished(() => engine.remove(id));
    const statistics = new EngineStatistics((await engine.socketPath())!, id);
    await expect.poll(async () => (await statistics.read())?.cpuSeconds, { timeout: 20_000 }).toBeGreaterThan(0.5);
  });
});
