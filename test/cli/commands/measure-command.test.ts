import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, expect, test } from 'vitest';
import { COMMAND, runCommand } from '../run-command';
import { fileWith, shopTemplate } from '../shop-template';
import { tasksLeft } from '../tasks-left';

const CPU_MILLIS = 3;

/** A server that uses a known CPU time for each request. */
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

test('measures what a request costs, and prints it as options of forecast', async () => {
  const words = ['measure', '--template', template.path, '--command', `node ${script.path}`, '--seconds', '1'];
  const { exitCode, stdout, stderr } = await runCommand([...words, '--json']);
  expect({ exitCode, isPrinted: stderr.includes('Options of forecast\n  --cpu-per-request ') }).toEqual({ exitCode: 0, isPrinted: true });
  const { workload, points, props, limit } = JSON.parse(stdout);
  expect(['task-cpu', 'machine']).toContain(limit.endedBy);
  // handling the request takes some CPU besides the work.
  expect(workload.cpuSecondsPerRequest * 1000).toBeGreaterThan(0.9 * CPU_MILLIS);
  expect(workload.cpuSecondsPerRequest * 1000).toBeLessThan(2 * CPU_MILLIS);
  expect(workload).toMatchObject({
    startUpSeconds: expect.any(Number),
    idleMemoryMiB: expect.any(Number),
    latencyModel: expect.any(String),
  });
  expect(workload.idleMemoryMiB).toBeGreaterThan(10);
  expect(points).toHaveLength(6);
  expect(props.targetCpuUtilizationPercent).toBe(60);
  // 60 % of a quarter of a core.
  expect(props.requestsPerSecondPerTask).toBeLessThanOrEqual(150 / CPU_MILLIS);
});

test('Ctrl-C during a measurement leaves no process', async () => {
  const words = ['measure', '--template', template.path, '--command', `node ${script.path}`];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  for await (const text of child.stderr.setEncoding('utf8')) {
    printed += text;
    if (printed.includes('looking for the highest rate')) break;
  }
  expect(tasksLeft(script.path)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a server whose responses are errors cannot be measured', async () => {
  const failing = `node -e "require('http').createServer(({url},a)=>a.writeHead(url==='/health'?200:500).end()).listen(process.env.PORT)"`;
  const { exitCode, stderr } = await runCommand(['measure', '--template', template.path, '--command', failing]);
  expect(stderr).toContain('error: requests failed during the measurement, the last one with GET / responded 500: give a --path');
  expect(exitCode).toBe(2);
});
