import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ExternalClient } from '../../../../cli/rehearsal/traffic/external-client';
import { failedCount, NO_FAILURES } from '../../../../src/scenario/failures';
import { eventually } from '../eventually';
import { ask, registered, startBalancer } from '../load-balancer/balanced';
import { RawClient } from '../load-balancer/raw-client';
import { answerOk, serve } from '../small-server';
import { clientOf, usersOf } from './in-process-client';

test('counts what anybody asks, and how that ended', async () => {
  const server = await serve((request, response) => void response.writeHead(Number(request.url!.slice(1))).end());
  const balancer = await startBalancer();
  const client = new ExternalClient(balancer.record);
  expect(await ask(`${balancer.url}/200`)).toEqual([503]);
  const [target] = await registered(balancer, [server]);
  for (const status of [200, 404, 500]) await ask(`${balancer.url}/${status}`);
  server.server.close();
  server.server.closeAllConnections();
  target!.failChecks = true;
  expect(await ask(`${balancer.url}/200`)).toEqual([502]);
  await eventually(() => client.takeReading().inFlightRequests).toBe(0);
  const { buckets: _, ...counts } = balancer.record.read();
  expect(counts).toMatchObject({ sent: 5, answered: 2, failures: { ...NO_FAILURES, 'HTTP 502': 1, 'HTTP 503': 1, other: 1 } });
});

test('measures latency from the moment in which a request came in', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve((_, response) => void setTimeout(() => response.end(), 100))]);
  const client = new ExternalClient(balancer.record);
  await ask(balancer.url, 3);
  await eventually(() => balancer.record.read().answered).toBe(3);
  const reading = client.takeReading();
  // a timer may ring a millisecond before its time, and a latency is told to within 2 %.
  expect(reading.p50Millis).toBeGreaterThan(0.98 * 99);
  expect(reading.latencySeconds / reading.servedRequests).toBeGreaterThan(0.099);
  expect(reading).toMatchObject({ requests: 3, servedRequests: 3, inFlightRequests: 0 });
  expect(reading).not.toHaveProperty('askedRequests');
});

test.each(['gives up', 'resets its connection'])('takes it for a failure when a client %s', async (how) => {
  const server = await serve(() => {});
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new ExternalClient(balancer.record);
  const raw = new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => server.requests.length).toBe(1);
  expect(client.takeReading()).toMatchObject({ requests: 1, inFlightRequests: 1 });
  if (how === 'gives up') raw.leave();
  else raw.reset();
  await eventually(() => client.takeReading().failures.other).toBe(1);
  expect(client.takeReading()).toMatchObject({ requests: 0, inFlightRequests: 0 });
  expect(balancer.counters.HTTPCode_ELB_4XX_Count).toBe(1);
});

test('whatever happens, all that was sent is answered, failed, or in flight', async () => {
  const held: ServerResponse[] = [];
  const answerSome = (serial: number, response: ServerResponse): void => {
    if (serial % 7 === 0) response.destroy();
    else if (serial % 5 === 0) response.writeHead(500).end();
    else if (serial % 3 === 0) held.push(response);
    else response.end('ok');
  };
  let serial = 0;
  const servers = await Promise.all([1, 2].map(() => serve((_, response) => answerSome(++serial, response))));
  const balancer = await startBalancer();
  const [first] = await registered(balancer, servers);
  const client = new ExternalClient(balancer.record);
  const users = clientOf(balancer.url);
  usersOf(users).set({ count: 30, thinkSeconds: 0.001 });
  const total = { requests: 0, over: 0 };
  const add = (): void => {
    const { requests, servedRequests, failures, inFlightRequests } = client.takeReading();
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

test('an answer that was cut off is a failure', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    }),
    await serve(answerOk),
  ]);
  const client = new ExternalClient(balancer.record);
  await Promise.allSettled([ask(balancer.url), ask(balancer.url)]);
  let [served, failed] = [0, 0];
  await eventually(() => {
    const { servedRequests, failures } = client.takeReading();
    served += servedRequests;
    failed += failures.other;
    return [served, failed];
  }).toEqual([1, 1]);
});
