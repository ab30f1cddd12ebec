import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { failedCount } from '../../../src/run/failures';
import { eventually } from '../eventually';
import { clientOf, usersOf } from '../load-generator/in-process-client';
import { registered, startBalancer } from './balanced';

const USERS = 20;
const SCRIPT = `
const server = require('node:http').createServer((request, response) => setTimeout(() => response.end('ok'), 5));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
`;

/** Starts a server in a process of its own. */
async function serveInProcess(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = await once(child, 'message');
  return { child, port };
}

test('a killed target loses only its pending requests, and gets none once it is deregistered', async () => {
  const [killed, other] = await Promise.all([serveInProcess(), serveInProcess()]);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [killed, other]);
  const client = clientOf(balancer.url);
  const users = usersOf(client);
  users.setUsers({ count: USERS, thinkSeconds: 0 });
  await eventually(() => client.counts().servedCount).toBeGreaterThan(200);

  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  await balancer.deregister(target!, 0);
  await eventually(() => failedCount(client.counts().failures)).toBeGreaterThan(0);
  const before = client.counts().servedCount;
  await eventually(() => client.counts().servedCount).toBeGreaterThan(before + 1000);
  users.setUsers({ count: 0, thinkSeconds: 0 });
  expect(await client.client.waitForResponses(5)).toBe(0);
  // each user sends one request at a time, and pauses when it fails.
  const { failures, sentCount, servedCount } = client.counts();
  expect(failedCount(failures)).toBeLessThanOrEqual(USERS);
  expect(failures['HTTP 502']).toBe(failedCount(failures));
  expect(servedCount + failedCount(failures)).toBe(sentCount);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(failedCount(failures));
});

test('a dead target that is still registered causes 502 until its health checks have failed', async () => {
  const [gone, other] = await Promise.all([serveInProcess(), serveInProcess()]);
  const healthCheck = { path: '/health', intervalSeconds: 300, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };
  const balancer = await startBalancer({ healthCheck });
  const [target] = await registered(balancer, [gone, other]);
  gone.child.kill('SIGKILL');
  await once(gone.child, 'exit');
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await fetch(balancer.url)).status));
  expect(statuses.filter((status) => status === 502)).toHaveLength(5);
  expect(balancer.counters).toMatchObject({ requests: 10, HTTPCode_ELB_502_Count: 5, HTTPCode_Target_2XX_Count: 5 });
  await balancer.deregister(target!, 0);
  for (let time = 0; time < 4; time += 1) expect((await fetch(balancer.url)).status).toBe(200);
});
