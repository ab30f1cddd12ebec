import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { respondOk, type SmallServer, serve } from '../small-server';
import { registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

/** A server that sends back all that it receives, once a client has requested that protocol. */
async function echoing(): Promise<SmallServer & { readonly upgrades: IncomingMessage[] }> {
  const small = await serve(respondOk);
  const upgrades: IncomingMessage[] = [];
  small.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrades.push(incoming);
    socket.on('error', () => {});
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nwelcome ');
    socket.write(head);
    socket.pipe(socket);
  });
  return { ...small, upgrades };
}

const UPGRADE = { headers: { connection: 'Upgrade', upgrade: 'echo' }, agent: false } as const;

async function upgraded(url: string): Promise<Duplex> {
  const [, socket, head] = await once(request(url, UPGRADE).end(), 'upgrade');
  onTestFinished(() => void socket.destroy());
  socket.unshift(head);
  return socket.setEncoding('utf8');
}

/** Returns all that is received from now on. */
function received(socket: Duplex): () => string {
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

test('an upgraded connection passes data in both directions', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const socket = await upgraded(`${balancer.url}/live`);
  const text = received(socket);
  socket.write('hello');
  await eventually(text).toBe('welcome hello');
  expect(server.upgrades[0]).toMatchObject({ url: '/live', headers: { upgrade: 'echo', connection: 'Upgrade' } });
  expect(server.upgrades[0]!.headers['x-forwarded-for']).toContain('127.0.0.1');
});

test('closes the connection to the target when the client closes its own', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const socket = await upgraded(balancer.url);
  socket.destroy();
  await once(server.upgrades[0]!.socket, 'close');
});

test('an upgraded connection lasts until the end of draining', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  const socket = await upgraded(balancer.url);
  const text = received(socket);
  const closed = once(socket, 'close');
  const drained = balancer.deregister(target!, 50);
  socket.write('still here');
  await eventually(text).toBe('welcome still here');
  await Promise.all([drained, closed]);
});

test('an upgraded connection ends when the load balancer stops', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const closed = once((await upgraded(balancer.url)).resume(), 'close');
  await balancer.stop();
  await closed;
});

test('sends the heads of both responses as bytes of Latin-1', async () => {
  const server = await serve(respondOk);
  server.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    const accepted = 'HTTP/1.1 101 caf\u00e9\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-Name: caf\u00e9\r\n\r\n';
    const declined = 'HTTP/1.1 426 caf\u00e9\r\nConnection: x-hop, close\r\nX-Hop: 1\r\nTE: trailers\r\nX-Name: caf\u00e9\r\n\r\nno';
    socket.on('error', () => {}).end(incoming.url === '/live' ? accepted : declined, 'latin1');
  });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const ask = (path: string): Promise<RawClient> =>
    new RawClient(balancer.url).send(`GET ${path} HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`).closed();
  expect((await ask('/live')).received).toMatch(/^HTTP\/1\.1 101 caf\u00e9\r\n(.+\r\n)*X-Name: caf\u00e9\r\n/);
  expect((await ask('/page')).received).toMatch(
    /^HTTP\/1\.1 426 caf\u00e9\r\nX-Name: caf\u00e9\r\nDate: .+\r\nConnection: close\r\n\r\nno$/,
  );
});

test('responds 502 to an upgrade request if the status of the target is invalid', async () => {
  const server = await serve(respondOk);
  server.server.on('upgrade', (_, socket: Duplex) => void socket.on('error', () => {}).end('HTTP/1.1 600 Odd\r\n\r\n'));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [response] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(response.statusCode).toBe(502);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(1);
});

test('passes on the response of a target that does not upgrade, and closes the connection', async () => {
  const server = await serve((_, response) => void response.writeHead(426).end('no'));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [response] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(response.statusCode).toBe(426);
  expect(response.headers.connection).toBe('close');
});

/** A client in the middle of a response without an upgrade. */
async function midResponse() {
  const server = await serve((_, response) => void response.writeHead(200).write('the first of many'));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [response] = (await once(request(balancer.url, UPGRADE).end(), 'response')) as [IncomingMessage];
  await once(response, 'data');
  const cutOff = once(response.on('error', () => {}).resume(), 'close');
  return { server, balancer, cutOff };
}

test('the load balancer stops during such a response', async () => {
  const { balancer, cutOff } = await midResponse();
  await balancer.stop();
  await cutOff;
  await eventually(() => balancer.requestLog.read()).toMatchObject({ sentCount: 1, servedCount: 0, failures: { other: 1 } });
});

test('the client is disconnected when the target dies during such a response', async () => {
  const { server, balancer, cutOff } = await midResponse();
  server.server.closeAllConnections();
  await cutOff;
  await eventually(() => balancer.requestLog.read()).toMatchObject({ sentCount: 1, servedCount: 0, failures: { other: 1 } });
});

test('responds 503 without a target', async () => {
  const balancer = await startBalancer();
  const [response] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(response.statusCode).toBe(503);
});

test('responds 502 if the target does not listen', async () => {
  const balancer = await startBalancer({
    healthCheck: { path: '/health', intervalSeconds: 300, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 10 },
  });
  const server = await serve(respondOk);
  await registered(balancer, [server]);
  server.server.closeAllConnections();
  server.server.close();
  await once(server.server, 'close');
  const [response] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(response.statusCode).toBe(502);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(1);
});

test('responds 504 if the target sends nothing, and counts it', async () => {
  const server = await serve(respondOk);
  server.server.on('upgrade', () => {});
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [server]);
  const [response] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(response.statusCode).toBe(504);
  expect(balancer.counters.HTTPCode_ELB_504_Count).toBe(1);
  // a server does not close upgraded sockets by itself.
  server.server.closeAllConnections();
});

test('ends when nothing is sent in either direction for the idle timeout', async () => {
  const server = await echoing();
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.2 });
  await registered(balancer, [server]);
  await once((await upgraded(balancer.url)).resume(), 'close');
});

test('delays the request by a slow dependency', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.1);
  const startMillis = performance.now();
  await upgraded(balancer.url);
  // a timer may fire a millisecond early.
  expect(performance.now() - startMillis).toBeGreaterThan(99);
  expect(balancer.requestLog.read()).toMatchObject({ sentCount: 1, servedCount: 1 });
});

test.each([0, 30])(
  'with a delay of %d seconds, a client that disconnects is a failure, and its connection to the target is closed',
  async (addedSeconds) => {
    const server = await serve(respondOk);
    const sockets: Duplex[] = [];
    server.server.on('upgrade', (_, socket: Duplex) => void sockets.push(socket.on('error', () => {})));
    const balancer = await startBalancer();
    await registered(balancer, [server]);
    balancer.setAddedDelaySeconds(addedSeconds);
    const client = request(balancer.url, UPGRADE).on('error', () => {});
    client.end();
    await eventually(() => balancer.requestLog.read().sentCount).toBe(1);
    if (addedSeconds === 0) await eventually(() => sockets.length).toBe(1);
    client.destroy();
    await eventually(() => balancer.requestLog.read().failures.other).toBe(1);
    expect(balancer.counters.HTTPCode_ELB_4XX_Count).toBe(1);
    for (const socket of sockets) await eventually(() => socket.resume().readableEnded || socket.destroyed).toBe(true);
    expect(sockets).toHaveLength(addedSeconds === 0 ? 1 : 0);
  },
);

test('the load balancer stops while a target has not responded yet', async () => {
  const server = await serve(respondOk);
  const sockets: Duplex[] = [];
  server.server.on('upgrade', (_, socket: Duplex) => void sockets.push(socket.on('error', () => {})));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = request(balancer.url, UPGRADE).end();
  const over = Promise.race([once(client, 'response'), once(client, 'error')]);
  await eventually(() => sockets.length).toBe(1);
  await balancer.stop();
  await over;
  expect(balancer.requestLog.read()).toMatchObject({ sentCount: 1, failures: { 'HTTP 502': 1 } });
});
