import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, expect, test } from 'vitest';
import { COMMAND, runCommand } from './run-command';
import { fileWith, shopTemplate } from './shop-template';
import { tasksLeft } from './tasks-left';

const CPU_MILLIS = 3;

/** A server that works for a known time of CPU on each request, however long that takes. */
const SERVER = `
const { createServer } = require('node:http');
createServer(({ url }, answer) => {
  const before = process.cpuUsage();
  const used = () => { const { user, system } = process.cpuUsage(before); return (user + system) / 1000; };
  while (url !== '/health' && used() < ${CPU_MILLIS});
  answer.end('done');
}).listen(process.env.PORT);
`;

const script = fileWith(SERVER, 'measured.cjs');
const template = fileWith(shopTemplate());

afterEach(() => expect(tasksLeft(script.path)).toEqual([]));
afterAll(() => {
  script.remove();
  template.remove();
});

test('what a request costs is measured, fitted and ready to paste', async () => {
  const words = ['measure', '--template', template.path, '--command', `node ${script.path}`, '--seconds', '1'];
  const { exitCode, stdout, stderr } = await runCommand([...words, '--json']);
  expect({ exitCode, said: stderr.includes('Options of a forecast\n  --cpu-per-request ') }).toEqual({ exitCode: 0, said: true });
  const { workload, points, props } = JSON.parse(stdout);
  // the request itself takes some CPU besides the work.
  expect(workload.cpuSecondsPerRequest * 1000).toBeGreaterThan(0.9 * CPU_MILLIS);
  expect(workload.cpuSecondsPerRequest * 1000).toBeLessThan(2 * CPU_MILLIS);
  expect(workload).toMatchObject({
    startSeconds: expect.any(Number),
    fixedMemoryMiB: expect.any(Number),
    latencyModel: expect.any(String),
  });
  expect(workload.fixedMemoryMiB).toBeGreaterThan(10);
  expect(points).toHaveLength(6);
  expect(props.targetCpuUtilizationPercent).toBe(60);
  // 60 % of a quarter of a core.
  expect(props.requestsPerSecondPerTask).toBeLessThanOrEqual(150 / CPU_MILLIS);
});

test('Ctrl-C in the middle leaves nothing behind', async () => {
  const words = ['measure', '--template', template.path, '--command', `node ${script.path}`];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const text of child.stderr.setEncoding('utf8')) {
    said += text;
    if (said.includes('finding what it stands')) break;
  }
  expect(tasksLeft(script.path)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a server that fails its requests cannot be measured', async () => {
  const failing = `node -e "require('http').createServer(({url},a)=>a.writeHead(url==='/health'?200:500).end()).listen(process.env.PORT)"`;
  const { exitCode, stderr } = await runCommand(['measure', '--template', template.path, '--command', failing]);
  expect(stderr).toContain('error: a task must answer every request while it is measured, got GET / answered 500: name a --path');
  expect(exitCode).toBe(2);
});
