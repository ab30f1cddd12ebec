import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../rehearsal/task-runtime/process/ports';
import { InputError } from '../../../src/parse/input-error';
import { failedCount } from '../../../src/run/failures';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { eventually } from '../eventually';
import { clientOf, usersOf } from '../load-generator/in-process-client';
import { respondOk, serve } from '../small-server';
import { registered, send, startBalancer } from './balanced';

const neverRespond = (): void => {};

test('sends requests to its healthy targets in turn', async () => {
  const servers = await Promise.all([serve(respondOk), serve(respondOk), serve(respondOk)]);
  const balancer = await startBalancer();
  await registered(balancer, servers);
  await send(balancer.url, 30);
  expect(servers.map(({ requests }) => requests.length)).toEqual([10, 10, 10]);
  expect(balancer.counters).toMatchObject({ requests: 30, HTTPCode_Target_2XX_Count: 30 });
});

test('responds 503 without a target', async () => {
  const balancer = await startBalancer();
  expect(await send(balancer.url)).toEqual([503]);
  expect(balancer.counters).toMatchObject({ requests: 0, HTTPCode_ELB_503_Count: 1 });
});

test('responds 503 while its targets are new', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(respondOk, neverRespond)], 'initial');
  expect(await send(balancer.url)).toEqual([503]);
  expect(target!.state).toBe('initial');
});

test.each([
  { what: 'closes the connection', end: (response: ServerResponse) => response.socket!.destroy() },
  { what: 'resets the connection', end: (response: ServerResponse) => response.socket!.resetAndDestroy() },
])('responds 502 if the target $what', async ({ end }) => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve((_, response) => void end(response))]);
  expect(await send(balancer.url)).toEqual([502]);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_502_Count: 1 });
});

test('responds 502 if a target that is still healthy refuses connections', async () => {
  const balancer = await startBalancer({
    healthCheck: { path: '/health', intervalSeconds: 300, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 10 },
  });
  const { server, port } = await serve(respondOk);
  const [target] = await registered(balancer, [{ port }]);
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  expect(await send(balancer.url)).toEqual([502]);
  expect(target!.state).toBe('healthy');
});

test('responds 504 if the target sends nothing for the idle timeout', async () => {
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [await serve(neverRespond)]);
  expect(await send(balancer.url)).toEqual([504]);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_504_Count: 1 });
});

test('sends requests to all targets if none is healthy', async () => {
  const fail = (_: unknown, response: ServerResponse): void => void response.writeHead(500).end();
  const servers = await Promise.all([serve(respondOk, fail), serve(respondOk, fail)]);
  const balancer = await startBalancer();
  const targets = await registered(balancer, servers, 'unhealthy');
  expect(await send(balancer.url, 4)).toEqual([200, 200, 200, 200]);
  expect(servers.map(({ requests }) => requests.length)).toEqual([2, 2]);
  expect(targets[0]!.lastFailure).toBe('GET /health responded 500');
  expect(balancer.healthyCount).toBe(0);
});

test('still uses a target whose checks are failed by a fault, if there is no other', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(respondOk)]);
  target!.failsHealthChecks = true;
  await eventually(() => target!.state).toBe('unhealthy');
  expect(await send(balancer.url)).toEqual([200]);
});

test('distributes the traffic by the shares of the targets', async () => {
  const servers = await Promise.all([serve(respondOk), serve(respondOk), serve(respondOk)]);
  const balancer = await startBalancer();
  const targets = await registered(balancer, servers);
  const shares = async (...trafficShares: number[]): Promise<number[]> => {
    for (const [index, share] of trafficShares.entries()) targets[index]!.trafficShare = share;
    balancer.updateTrafficShares();
    const before = servers.map(({ requests }) => requests.length);
    await send(balancer.url, 20);
    return servers.map(({ requests }, index) => requests.length - before[index]!);
  };
  expect(await shares(0.5, 0.5, 0)).toEqual([10, 10, 0]);
  expect(await shares(0.45, 0.45, 0.1)).toEqual([9, 9, 2]);
  expect(await shares(0, 0, 1)).toEqual([0, 0, 20]);
  const before = balancer.counters;
  await eventually(() => balancer.counters.seconds).toBeGreaterThan(before.seconds);
  const after = balancer.counters;
  expect((after.healthyTargetSeconds - before.healthyTargetSeconds) / (after.seconds - before.seconds)).toBeCloseTo(1, 9);
  expect(balancer.healthyCount).toBe(3);
});

test('while the traffic is shifted, requests are divided by the targets of each target group', async () => {
  const balancer = await startBalancer();
  const targets = await registered(balancer, await Promise.all([1, 2, 3, 4].map(() => serve(respondOk))));
  for (const [index, target] of targets.entries()) {
    target.isInNewTargetGroup = index >= 2;
    target.trafficShare = index >= 2 ? 0.05 : 0.45;
  }
  balancer.updateTrafficShares();
  const before = balancer.counters;
  await eventually(() => balancer.counters.seconds).toBeGreaterThan(before.seconds);
  const after = balancer.counters;
  expect((after.healthyTargetSeconds - before.healthyTargetSeconds) / (after.seconds - before.seconds)).toBeCloseTo(2, 9);
});

test('notifies when health checks change the health of a target', async () => {
  let isHealthy = true;
  const server = await serve(respondOk, (_, response) => void response.writeHead(isHealthy ? 200 : 500).end());
  const balancer = await startBalancer();
  const states: string[] = [];
  balancer.register(server.port, ({ state }) => states.push(`${state}, ${balancer.healthyCount} healthy`));
  await eventually(() => states).toEqual(['healthy, 1 healthy']);
  isHealthy = false;
  await eventually(() => states.slice(1)).toEqual(['unhealthy, 0 healthy']);
  isHealthy = true;
  await eventually(() => states.slice(2)).toEqual(['healthy, 1 healthy']);
});

test('a draining target finishes its requests, and gets no new ones', async () => {
  const waiting: ServerResponse[] = [];
  const leaving = await serve((_, response) => void waiting.push(response));
  const staying = await serve(respondOk);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [leaving]);
  const pending = fetch(balancer.url);
  await eventually(() => waiting.length).toBe(1);

  await registered(balancer, [staying]);
  let isOver = false;
  const over = balancer.deregister(target!, 60).then(() => {
    isOver = true;
  });
  expect(target!.state).toBe('draining');
  expect(await send(balancer.url, 4)).toEqual([200, 200, 200, 200]);
  expect(staying.requests.length).toBe(4);
  expect(isOver).toBe(false);

  waiting[0]!.end('done');
  expect(await (await pending).text()).toBe('done');
  await over;
  expect(target!.state).toBe('unused');
  expect(leaving.requests.length).toBe(1);
});

test('the delay passes on the scenario clock, also without pending requests', async () => {
  const clock = new SpedUpClock(100);
  onTestFinished(() => clock.stop());
  const balancer = await startBalancer({ clock });
  const [target] = await registered(balancer, [await serve(respondOk)]);
  const beforeSeconds = clock.nowSeconds;
  const over = balancer.deregister(target!, 10);
  expect(target!.state).toBe('draining');
  await over;
  expect(target!.state).toBe('unused');
  // a timer may fire a millisecond early.
  expect(clock.nowSeconds - beforeSeconds).toBeGreaterThan(10 - 0.1);
});

test('cuts off the pending requests of a draining target after the delay, and counts them', async () => {
  const server = await serve(neverRespond);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  const statuses = send(balancer.url);
  await eventually(() => server.requests.length).toBe(1);
  await balancer.deregister(target!, 0.1);
  expect(await statuses).toEqual([502]);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(1);
});

test('deregisters a target only once', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(respondOk)]);
  await Promise.all([balancer.deregister(target!, 1), balancer.deregister(target!, 1)]);
  await balancer.deregister(target!, 1);
  expect(target!.state).toBe('unused');
});

test('loses no request while one target after another is replaced and closed under load', async () => {
  const balancer = await startBalancer();
  const client = clientOf(balancer.url);
  const users = usersOf(client);
  const add = async () => {
    const server = await serve(respondOk);
    const [target] = await registered(balancer, [server]);
    return { ...server, target: target! };
  };
  const running = [await add(), await add()];
  users.setUsers({ count: 20, thinkSeconds: 0 });
  for (let round = 0; round < 5; round += 1) {
    running.push(await add());
    await eventually(() => running.at(-1)!.requests.length).toBeGreaterThan(100);
    const leaving = running.shift()!;
    await balancer.deregister(leaving.target, 1);
    leaving.server.close();
    await once(leaving.server, 'close');
  }
  users.setUsers({ count: 0, thinkSeconds: 0 });
  expect(await client.client.waitForResponses(5)).toBe(0);
  expect(failedCount(client.counts().failures)).toBe(0);
  expect(client.client.lastFailure).toBeUndefined();
});

test('rejects a port that is in use', async () => {
  const { port } = await serve(respondOk);
  const started = startBalancer({ port });
  await expect(started).rejects.toThrow(InputError);
  await expect(started).rejects.toThrow(`port ${port} is already in use: leave --port out to use any free port`);
});

test('listens on the given port', async () => {
  const port = await freePort();
  expect((await startBalancer({ port })).url).toBe(`http://127.0.0.1:${port}`);
});

test('stops with pending requests and draining targets; stopping twice is harmless', async () => {
  const server = await serve(neverRespond);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server, await serve(neverRespond)]);
  const requests = Promise.allSettled([fetch(balancer.url), fetch(balancer.url)]);
  await eventually(() => server.requests.length).toBe(1);
  const drained = balancer.deregister(target!, 300);
  await balancer.stop();
  await Promise.all([drained, balancer.stop()]);
  expect((await requests).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(fetch(balancer.url)).rejects.toThrow();
});
