import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { failedCount } from '../../../../src/scenario/failures';
import { eventually } from '../eventually';
import { clientOf, usersOf } from '../traffic/in-process-client';
import { registered, startBalancer } from './balanced';

const USERS = 20;
const SCRIPT = `
const server = require('node:http').createServer((request, response) => setTimeout(() => response.end('ok'), 5));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
`;

/** A server in a process of its own. */
async function serveApart(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = await once(child, 'message');
  return { child, port };
}

test('a target that is killed takes no more with it than what it was asked, and is sent nothing once it is deregistered', async () => {
  const [killed, other] = await Promise.all([serveApart(), serveApart()]);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [killed, other]);
  const client = clientOf(balancer.url);
  const users = usersOf(client);
  users.set({ count: USERS, thinkSeconds: 0 });
  await eventually(() => client.counts().answered).toBeGreaterThan(200);

  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  await balancer.deregister(target!, 0);
  await eventually(() => failedCount(client.counts().failures)).toBeGreaterThan(0);
  const before = client.counts().answered;
  await eventually(() => client.counts().answered).toBeGreaterThan(before + 1000);
  users.set({ count: 0, thinkSeconds: 0 });
  expect(await client.asker.finish(5)).toBe(0);
  // each user asks one thing at a time, and pauses when that fails.
  const { failures, sent, answered } = client.counts();
  expect(failedCount(failures)).toBeLessThanOrEqual(USERS);
  expect(failures['HTTP 502']).toBe(failedCount(failures));
  expect(answered + failedCount(failures)).toBe(sent);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(failedCount(failures));
});

test('a target that is gone and still registered answers 502, until its health checks have failed', async () => {
  const [gone, other] = await Promise.all([serveApart(), serveApart()]);
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
