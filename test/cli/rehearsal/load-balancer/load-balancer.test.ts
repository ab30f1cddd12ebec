import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../../cli/rehearsal/tasks/free-port';
import { InvalidInput } from '../../../../src/plan/invalid-input';
import { failedCount } from '../../../../src/scenario/failures';
import { WallTime } from '../../../../src/time/wall-time';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { clientOf, usersOf } from '../traffic/in-process-client';
import { ask, registered, startBalancer } from './balanced';

const answerNothing = (): void => {};

test('sends requests to its healthy targets in turn', async () => {
  const servers = await Promise.all([serve(answerOk), serve(answerOk), serve(answerOk)]);
  const balancer = await startBalancer();
  await registered(balancer, servers);
  await ask(balancer.url, 30);
  expect(servers.map(({ requests }) => requests.length)).toEqual([10, 10, 10]);
  expect(balancer.counters).toMatchObject({ requests: 30, HTTPCode_Target_2XX_Count: 30 });
});

test('answers 503 where there is no target', async () => {
  const balancer = await startBalancer();
  expect(await ask(balancer.url)).toEqual([503]);
  expect(balancer.counters).toMatchObject({ requests: 0, HTTPCode_ELB_503_Count: 1 });
});

test('answers 503 while its targets are new', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(answerOk, answerNothing)], 'initial');
  expect(await ask(balancer.url)).toEqual([503]);
  expect(target!.state).toBe('initial');
});

test.each([
  { what: 'closes the connection', end: (response: ServerResponse) => response.socket!.destroy() },
  { what: 'resets the connection', end: (response: ServerResponse) => response.socket!.resetAndDestroy() },
])('answers 502 where the target $what', async ({ end }) => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve((_, response) => void end(response))]);
  expect(await ask(balancer.url)).toEqual([502]);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_502_Count: 1 });
});

test('answers 502 where a target that is still held healthy refuses connections', async () => {
  const balancer = await startBalancer({
    healthCheck: { path: '/health', intervalSeconds: 300, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 10 },
  });
  const { server, port } = await serve(answerOk);
  const [target] = await registered(balancer, [{ port }]);
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  expect(await ask(balancer.url)).toEqual([502]);
  expect(target!.state).toBe('healthy');
});

test('answers 504 where the target is silent for the idle timeout', async () => {
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [await serve(answerNothing)]);
  expect(await ask(balancer.url)).toEqual([504]);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_504_Count: 1 });
});

test('sends requests to all targets where none is healthy', async () => {
  const fail = (_: unknown, response: ServerResponse): void => void response.writeHead(500).end();
  const servers = await Promise.all([serve(answerOk, fail), serve(answerOk, fail)]);
  const balancer = await startBalancer();
  const targets = await registered(balancer, servers, 'unhealthy');
  expect(await ask(balancer.url, 4)).toEqual([200, 200, 200, 200]);
  expect(servers.map(({ requests }) => requests.length)).toEqual([2, 2]);
  expect(targets[0]!.lastFailure).toBe('GET /health answered 500');
  expect(balancer.healthyCount).toBe(0);
});

test('serves on from a target whose checks a fault lets fail, where there is no other', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(answerOk)]);
  target!.failChecks = true;
  await eventually(() => target!.state).toBe('unhealthy');
  expect(await ask(balancer.url)).toEqual([200]);
});

test('shares the traffic between the targets as it is told', async () => {
  const servers = await Promise.all([serve(answerOk), serve(answerOk), serve(answerOk)]);
  const balancer = await startBalancer();
  const targets = await registered(balancer, servers);
  const shares = async (...trafficShares: number[]): Promise<number[]> => {
    for (const [place, share] of trafficShares.entries()) targets[place]!.trafficShare = share;
    balancer.updateShares();
    const before = servers.map(({ requests }) => requests.length);
    await ask(balancer.url, 20);
    return servers.map(({ requests }, place) => requests.length - before[place]!);
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

test('tells when health checks change the health of a target', async () => {
  let isHealthy = true;
  const server = await serve(answerOk, (_, response) => void response.writeHead(isHealthy ? 200 : 500).end());
  const balancer = await startBalancer();
  const states: string[] = [];
  balancer.register(server.port, ({ state }) => states.push(`${state}, ${balancer.healthyCount} healthy`));
  await eventually(() => states).toEqual(['healthy, 1 healthy']);
  isHealthy = false;
  await eventually(() => states.slice(1)).toEqual(['unhealthy, 0 healthy']);
  isHealthy = true;
  await eventually(() => states.slice(2)).toEqual(['healthy, 1 healthy']);
});

test('lets a draining target finish, and sends it nothing new', async () => {
  const waiting: ServerResponse[] = [];
  const leaving = await serve((_, response) => void waiting.push(response));
  const staying = await serve(answerOk);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [leaving]);
  const begun = fetch(balancer.url);
  await eventually(() => waiting.length).toBe(1);

  await registered(balancer, [staying]);
  let isOver = false;
  const over = balancer.deregister(target!, 60).then(() => {
    isOver = true;
  });
  expect(target!.state).toBe('draining');
  expect(await ask(balancer.url, 4)).toEqual([200, 200, 200, 200]);
  expect(staying.requests.length).toBe(4);
  expect(isOver).toBe(false);

  waiting[0]!.end('done');
  expect(await (await begun).text()).toBe('done');
  await over;
  expect(target!.state).toBe('unused');
  expect(leaving.requests.length).toBe(1);
});

test('lets the delay pass on the scenario clock also where nothing is under way', async () => {
  const time = new WallTime(100);
  onTestFinished(() => time.stop());
  const balancer = await startBalancer({ time });
  const [target] = await registered(balancer, [await serve(answerOk)]);
  const beforeSeconds = time.nowSeconds;
  const over = balancer.deregister(target!, 10);
  expect(target!.state).toBe('draining');
  await over;
  expect(target!.state).toBe('unused');
  // a timer may ring a millisecond before its time.
  expect(time.nowSeconds - beforeSeconds).toBeGreaterThan(10 - 0.1);
});

test('cuts off what a draining target has not answered after the delay, and counts it', async () => {
  const server = await serve(answerNothing);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  const statuses = ask(balancer.url);
  await eventually(() => server.requests.length).toBe(1);
  await balancer.deregister(target!, 0.1);
  expect(await statuses).toEqual([502]);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(1);
});

test('deregisters a target once, however often it is asked', async () => {
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [await serve(answerOk)]);
  await Promise.all([balancer.deregister(target!, 1), balancer.deregister(target!, 1)]);
  await balancer.deregister(target!, 1);
  expect(target!.state).toBe('unused');
});

test('loses no request while one target after another is replaced and closed under load', async () => {
  const balancer = await startBalancer();
  const client = clientOf(balancer.url);
  const users = usersOf(client);
  const add = async () => {
    const server = await serve(answerOk);
    const [target] = await registered(balancer, [server]);
    return { ...server, target: target! };
  };
  const running = [await add(), await add()];
  users.set({ count: 20, thinkSeconds: 0 });
  for (let round = 0; round < 5; round += 1) {
    running.push(await add());
    await eventually(() => running.at(-1)!.requests.length).toBeGreaterThan(100);
    const leaving = running.shift()!;
    await balancer.deregister(leaving.target, 1);
    leaving.server.close();
    await once(leaving.server, 'close');
  }
  users.set({ count: 0, thinkSeconds: 0 });
  expect(await client.asker.finish(5)).toBe(0);
  expect(failedCount(client.counts().failures)).toBe(0);
  expect(client.asker.lastFailure).toBeUndefined();
});

test('refuses a port on which another program listens', async () => {
  const { port } = await serve(answerOk);
  const started = startBalancer({ port });
  await expect(started).rejects.toThrow(InvalidInput);
  await expect(started).rejects.toThrow(
    `port must be free, got ${port}: another program listens there; leave --port out to take any free port`,
  );
});

test('listens on the port it is given', async () => {
  const port = await freePort();
  expect((await startBalancer({ port })).url).toBe(`http://127.0.0.1:${port}`);
});

test('stops with requests and drains under way, and twice without harm', async () => {
  const server = await serve(answerNothing);
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server, await serve(answerNothing)]);
  const asked = Promise.allSettled([fetch(balancer.url), fetch(balancer.url)]);
  await eventually(() => server.requests.length).toBe(1);
  const drained = balancer.deregister(target!, 300);
  await balancer.stop();
  await Promise.all([drained, balancer.stop()]);
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(fetch(balancer.url)).rejects.toThrow();
});
