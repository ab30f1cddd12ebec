import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';
import { registered, send, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const MEBIBYTE = randomBytes(1024 * 1024);
const LARGE_MEBIBYTES = 96;

test('streams a large body in both directions', async () => {
  const server = await serve((incoming, response) => void incoming.pipe(response));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [sent, received] = [createHash('sha256'), createHash('sha256')];
  const sending = request(balancer.url, { method: 'POST', agent: false });
  const source = Readable.from(
    (function* () {
      for (let piece = 0; piece < LARGE_MEBIBYTES; piece += 1) {
        sent.update(MEBIBYTE);
        yield MEBIBYTE;
      }
    })(),
  );
  const before = process.memoryUsage().rss;
  const upload = pipeline(source, sending);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  let max = 0;
  for await (const chunk of response) {
    received.update(chunk);
    max = Math.max(max, process.memoryUsage().rss);
  }
  await upload;
  expect(received.digest('hex')).toBe(sent.digest('hex'));
  // client, load balancer and target, all in this process, hold only a part of it at a time.
  expect(max - before).toBeLessThan(LARGE_MEBIBYTES * MEBIBYTE.length);
});

test('pauses a client whose target does not read', async () => {
  const server = await serve(() => {});
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const sending = request(balancer.url, { method: 'POST', agent: false }).on('error', () => {});
  onTestFinished(() => void sending.destroy());
  let written = 0;
  const write = (): void => {
    while (written < 400) {
      written += 1;
      if (!sending.write(MEBIBYTE)) return void sending.once('drain', write);
    }
  };
  write();
  // it is paused when the count does not change between two checks.
  let before = -1;
  await eventually(() => {
    const isStill = written === before;
    before = written;
    return isStill;
  }).toBe(true);
  expect(written).toBeLessThan(400);
});

test('passes on the first part of a response while the request is still being sent', async () => {
  const server = await serve((incoming, response) => void incoming.once('data', (chunk) => response.write(`received ${chunk}`)));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n');
  await eventually(() => client.received).toContain('received hello');
});

test('drops the trailer of a response, and keeps the connection', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { trailer: 'x-sum' });
    response.write('body');
    response.addTrailers({ 'x-sum': '1' });
    response.end();
  });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('GET /1 HTTP/1.1\r\nHost: shop\r\n\r\nGET /2 HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => client.received.split('0\r\n\r\n').length).toBe(3);
  expect(client.statuses).toEqual([200, 200]);
  expect(client.received).not.toContain('x-sum');
});

test('passes on a response after early hints without them', async () => {
  const server = await serve((_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeProcessing();
    response.end('ok');
  });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => client.received).toContain('ok');
  expect(client.statuses).toEqual([200]);
});

test('reuses the connections of a client and of a target', async () => {
  const server = await serve(respondOk);
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const sockets = new Set<unknown>();
  for (let time = 0; time < 5; time += 1) {
    const sending = request(balancer.url, { agent }).end();
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    sockets.add(sending.socket);
  }
  expect(sockets.size).toBe(1);
  expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(1);
});

test.each(['HEAD', 'OPTIONS', 'DELETE', 'PATCH'])('forwards %s', async (method) => {
  const server = await serve(respondOk);
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  expect(await send(balancer.url, 2, { method })).toEqual([200, 200]);
  expect(server.requests.map((each) => each.method)).toEqual([method, method]);
});
