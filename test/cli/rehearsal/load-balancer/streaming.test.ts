import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { ask, registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const MEBIBYTE = randomBytes(1024 * 1024);
const LARGE_MEBIBYTES = 96;

test('carries a large body both ways, piece by piece', async () => {
  const server = await serve((incoming, response) => void incoming.pipe(response));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [sent, heard] = [createHash('sha256'), createHash('sha256')];
  const asked = request(balancer.url, { method: 'POST', agent: false });
  const source = Readable.from(
    (function* () {
      for (let piece = 0; piece < LARGE_MEBIBYTES; piece += 1) {
        sent.update(MEBIBYTE);
        yield MEBIBYTE;
      }
    })(),
  );
  const before = process.memoryUsage().rss;
  const sending = pipeline(source, asked);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let most = 0;
  for await (const chunk of answer) {
    heard.update(chunk);
    most = Math.max(most, process.memoryUsage().rss);
  }
  await sending;
  expect(heard.digest('hex')).toBe(sent.digest('hex'));
  // client, load balancer and target, all in this process, hold a part of it at a time and not all of it.
  expect(most - before).toBeLessThan(LARGE_MEBIBYTES * MEBIBYTE.length);
});

test('holds a client back whose target does not read', async () => {
  const server = await serve(() => {});
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const asked = request(balancer.url, { method: 'POST', agent: false }).on('error', () => {});
  onTestFinished(() => void asked.destroy());
  let written = 0;
  const write = (): void => {
    while (written < 400) {
      written += 1;
      if (!asked.write(MEBIBYTE)) return void asked.once('drain', write);
    }
  };
  write();
  // it stands still when two looks in a row see the same.
  let before = -1;
  await eventually(() => {
    const isStill = written === before;
    before = written;
    return isStill;
  }).toBe(true);
  expect(written).toBeLessThan(400);
});

test('passes the first part of an answer on while the request is still being sent', async () => {
  const server = await serve((incoming, response) => void incoming.once('data', (chunk) => response.write(`heard ${chunk}`)));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n');
  await eventually(() => client.heard).toContain('heard hello');
});

test('a trailer of an answer is left out, and the connection goes on', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { trailer: 'x-sum' });
    response.write('body');
    response.addTrailers({ 'x-sum': '1' });
    response.end();
  });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('GET /1 HTTP/1.1\r\nHost: shop\r\n\r\nGET /2 HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => client.heard.split('0\r\n\r\n').length).toBe(3);
  expect(client.statuses).toEqual([200, 200]);
  expect(client.heard).not.toContain('x-sum');
});

test('an answer behind early hints is passed on without them', async () => {
  const server = await serve((_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeProcessing();
    response.end('ok');
  });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  await eventually(() => client.heard).toContain('ok');
  expect(client.statuses).toEqual([200]);
});

test('keeps the connections of a client and of a target', async () => {
  const server = await serve(answerOk);
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const sockets = new Set<unknown>();
  for (let time = 0; time < 5; time += 1) {
    const asked = request(balancer.url, { agent }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');
    sockets.add(asked.socket);
  }
  expect(sockets.size).toBe(1);
  expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(1);
});

test.each(['HEAD', 'OPTIONS', 'DELETE', 'PATCH'])('carries %s', async (method) => {
  const server = await serve(answerOk);
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  expect(await ask(balancer.url, 2, { method })).toEqual([200, 200]);
  expect(server.requests.map((each) => each.method)).toEqual([method, method]);
});
