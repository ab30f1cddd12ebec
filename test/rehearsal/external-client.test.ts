import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ExternalClient } from '../../rehearsal/rehearsal-traffic';
import { failedCount, NO_FAILURES } from '../../src/run/failures';
import { eventually } from './eventually';
import { registered, send, startBalancer } from './load-balancer/balanced';
import { RawClient } from './load-balancer/raw-client';
import { clientOf, usersOf } from './load-generator/in-process-client';
import { respondOk, serve } from './small-server';

test('counts the requests of all clients, and their outcomes', async () => {
  const server = await serve((request, response) => void response.writeHead(Number(request.url!.slice(1))).end());
  const balancer = await startBalancer();
  const client = new ExternalClient(balancer.requestLog);
  expect(await send(`${balancer.url}/200`)).toEqual([503]);
  const [target] = await registered(balancer, [server]);
  for (const status of [200, 404, 500]) await send(`${balancer.url}/${status}`);
  server.server.close();
  server.server.closeAllConnections();
  target!.failsHealthChecks = true;
  expect(await send(`${balancer.url}/200`)).toEqual([502]);
  await eventually(() => client.takeMeasurements().inFlightRequests).toBe(0);
  const { latencyBuckets: _, ...counts } = balancer.requestLog.read();
  expect(counts).toMatchObject({ sentCount: 5, servedCount: 2, failures: { ...NO_FAILURES, 'HTTP 502': 1, 'HTTP 503': 1, other: 1 } });
});

test('measures latency from the arrival of a request', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve((_, response) => void setTimeout(() => response.end(), 100))]);
  const client = new ExternalClient(balancer.requestLog);
  await send(balancer.url, 3);
  await eventually(() => balancer.requestLog.read().servedCount).toBe(3);
  const reading = client.takeMeasurements();
  // a timer may fire a millisecond early, and a latency is known to within 2 %.
  expect(reading.p50Millis).toBeGreaterThan(0.98 * 99);
  expect(reading.latencySeconds / reading.servedRequests).toBeGreaterThan(0.099);
  expect(reading).toMatchObject({ requests: 3, servedRequests: 3, inFlightRequests: 0 });
  expect(reading).not.toHaveProperty('requiredRequests');
});

test.each(['closes its connection', 'resets its connection'])('counts a failure when a client %s', async (action) => {
  const server = await serve(() => {});
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new ExternalClient(balancer.requestLog);
  const raw = new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => server.requests.length).toBe(1);
  expect(client.takeMeasurements()).toMatchObject({ requests: 1, inFlightRequests: 1 });
  if (action === 'closes its connection') raw.leave();
  else raw.reset();
  await eventually(() => client.takeMeasurements().failures.other).toBe(1);
  expect(client.takeMeasurements()).toMatchObject({ requests: 0, inFlightRequests: 0 });
  expect(balancer.counters.HTTPCode_ELB_4XX_Count).toBe(1);
});

test('every request is served, failed, or in flight', async () => {
  const held: ServerResponse[] = [];
  const respondToSome = (serial: number, response: ServerResponse): void => {
    if (serial % 7 === 0) response.destroy();
    else if (serial % 5 === 0) response.writeHead(500).end();
    else if (serial % 3 === 0) held.push(response);
    else response.end('ok');
  };
  let serial = 0;
  const servers = await Promise.all([1, 2].map(() => serve((_, response) => respondToSome(++serial, response))));
  const balancer = await startBalancer();
  const [first] = await registered(balancer, servers);
  const client = new ExternalClient(balancer.requestLog);
  const users = clientOf(balancer.url);
  usersOf(users).setUsers({ count: 30, thinkSeconds: 0.001 });
  const total = { requests: 0, over: 0 };
  const add = (): void => {
    const { requests, servedRequests, failures, inFlightRequests } = client.takeMeasurements();
    total.requests += requests;
    total.over += servedRequests + failedCount(failures);
    expect(total.over + inFlightRequests).toBe(total.requests);
    expect(inFlightRequests).toBeGreaterThanOrEqual(held.length);
    for (const response of held.splice(0)) response.end('late');
  };
  await eventually(() => {
    add();
    return total.over;
  }).toBeGreaterThan(200);
  await balancer.deregister(first!, 0);
  await eventually(() => {
    add();
    return total.over;
  }).toBeGreaterThan(400);
});

test('an incomplete response is a failure', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    }),
    await serve(respondOk),
  ]);
  const client = new ExternalClient(balancer.requestLog);
  await Promise.allSettled([send(balancer.url), send(balancer.url)]);
  let [served, failed] = [0, 0];
  await eventually(() => {
    const { servedRequests, failures } = client.takeMeasurements();
    served += servedRequests;
    failed += failures.other;
    return [served, failed];
  }).toEqual([1, 1]);
});
