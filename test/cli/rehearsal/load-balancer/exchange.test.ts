import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, get, type IncomingMessage, type RequestListener, type RequestOptions, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadBalancer } from '../../../../cli/rehearsal/load-balancer/load-balancer';
import { eventually } from '../eventually';
import { serve } from '../small-server';
import { ask, registered, startBalancer } from './balanced';

const MEGABYTE = randomBytes(1024 * 1024);

/** A load balancer in front of one healthy target. */
async function inFrontOf(answer: RequestListener): Promise<LoadBalancer> {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(answer)]);
  return balancer;
}

/** Sends a request with exactly the given headers. */
async function send(url: string, options: RequestOptions, body?: Buffer): Promise<IncomingMessage> {
  const [answer] = await once(request(url, { agent: false, ...options }).end(body), 'response');
  return answer;
}

test.each(['content-length', 'transfer-encoding'] as const)('carries a megabyte up and down, framed by %s', async (framing) => {
  const balancer = await inFrontOf((incoming, response) => {
    if (framing === 'content-length') response.setHeader('content-length', MEGABYTE.length);
    incoming.pipe(response);
  });
  const headers = framing === 'content-length' ? { [framing]: MEGABYTE.length } : { [framing]: 'chunked' };
  const answer = await send(balancer.url, { method: 'POST', headers }, MEGABYTE);
  expect(answer.headers[framing]).toBe(framing === 'content-length' ? String(MEGABYTE.length) : 'chunked');
  expect(MEGABYTE.equals(await buffer(answer))).toBe(true);
});

test('holds a target back that answers faster than its client reads', async () => {
  const chunks = 200;
  let written = 0;
  const balancer = await inFrontOf((_, response) => {
    const write = (): void => {
      while (written < chunks) {
        written += 1;
        if (!response.write(MEGABYTE)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const answer = await send(balancer.url, {});
  answer.socket.pause();
  // it stands still when two looks in a row see the same.
  let before = -1;
  await eventually(() => {
    const isStill = written === before;
    before = written;
    return isStill;
  }).toBe(true);
  expect(written).toBeLessThan(chunks);

  answer.socket.resume();
  expect((await buffer(answer)).length).toBe(chunks * MEGABYTE.length);
});

test('answers HEAD with the headers of the target and no body', async () => {
  const balancer = await inFrontOf((_, response) => response.writeHead(200, { 'content-length': 1234, 'x-kind': 'page' }).end());
  const answer = await send(balancer.url, { method: 'HEAD' });
  expect(answer.headers).toMatchObject({ 'content-length': '1234', 'x-kind': 'page' });
  expect(await text(answer)).toBe('');
});

test.each([204, 304])('passes %d on without a body', async (statusCode) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const balancer = await inFrontOf((_, response) => response.writeHead(statusCode, { etag: '"1"' }).end());
  for (let time = 0; time < 2; time += 1) {
    const answer = await send(balancer.url, { agent });
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.headers).toMatchObject({ etag: '"1"' });
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    expect(await text(answer)).toBe('');
  }
});

test('passes the reason, repeated headers and an answer of unknown length on', async () => {
  const balancer = await inFrontOf((_, response) => {
    response.writeHead(299, 'Quite Fine', [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['connection', 'close'],
    ]);
    response.end('until the end');
  });
  const answer = await send(balancer.url, {});
  expect(answer.statusMessage).toBe('Quite Fine');
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  expect(await text(answer)).toBe('until the end');
});

test('ends a request at its target when the client gives up', async () => {
  const gone: Promise<unknown>[] = [];
  const balancer = await inFrontOf((incoming) => void gone.push(once(incoming.socket, 'close')));
  const asked: ClientRequest = get(balancer.url, { agent: false });
  asked.once('error', () => {});
  await eventually(() => gone.length).toBe(1);
  asked.destroy();
  await gone[0];
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_502_Count: 0 });
});

test('keeps a connection usable whose request was answered before it was read', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const balancer = await inFrontOf((incoming, response) => {
    response.writeHead(incoming.method === 'POST' ? 413 : 200).end();
  });
  const refused = await send(balancer.url, { agent, method: 'POST' }, MEGABYTE);
  expect(refused.statusCode).toBe(413);
  await text(refused);
  const next = await send(balancer.url, { agent });
  expect(next.statusCode).toBe(200);
  await text(next);
});

test('answers a client that waits to be told to go on', async () => {
  const balancer = await inFrontOf((incoming, response) => void incoming.pipe(response));
  const asked = request(balancer.url, { agent: false, method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } });
  asked.flushHeaders();
  await once(asked, 'continue');
  const [answer] = await once(asked.end('body'), 'response');
  expect(await text(answer)).toBe('body');
});

test('cuts an answer off that its target broke off, and counts it', async () => {
  const balancer = await inFrontOf((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  });
  const answer = await send(balancer.url, {});
  await expect(text(answer)).rejects.toThrow();
  expect(balancer.counters).toMatchObject({ HTTPCode_ELB_502_Count: 1, HTTPCode_Target_2XX_Count: 0 });
});

test.each(['GET / HTTP/1.1\r\n\r\n', 'GET /\u0001 HTTP/1.1\r\nhost: a\r\n\r\n', 'nonsense\r\n\r\n'])(
  'refuses the malformed request %j',
  async (malformed) => {
    const balancer = await inFrontOf((_, response) => response.end());
    const socket = connect(Number(new URL(balancer.url).port), '127.0.0.1').end(malformed);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
  },
);

/** A target that ends each connection with its second request: without an answer, as if it had closed it just before. */
async function startHastyTarget(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((socket: Socket) => {
    let answered = 0;
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        const line = chunk.toString('latin1').split('\r\n')[0]!;
        asked.push(line);
        if (answered++ > 0) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, asked };
}

test('sends a request again that crossed with the end of its connection', async () => {
  const target = await startHastyTarget();
  const balancer = await startBalancer();
  await registered(balancer, [target]);
  expect(await ask(`${balancer.url}/page`, 6)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(balancer.counters).toMatchObject({ requests: 6, HTTPCode_Target_2XX_Count: 6, HTTPCode_ELB_502_Count: 0 });
  expect(target.asked.filter((line) => line === 'GET /page HTTP/1.1').length).toBeGreaterThan(6);
});

test('never sends a request again that may have had an effect', async () => {
  const target = await startHastyTarget();
  const balancer = await startBalancer();
  await registered(balancer, [target]);
  const post = { method: 'POST', body: 'order' };
  expect(await ask(`${balancer.url}/orders`, 4, post)).toEqual([200, 502, 200, 502]);
  expect(target.asked.filter((line) => line === 'POST /orders HTTP/1.1')).toHaveLength(4);
});

test('sends a request as much later as a dependency is slow, and counts that as the time of its target', async () => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.2);
  const asked = ask(balancer.url);
  await eventually(() => target!.connections.busyCount).toBe(1);
  expect(server.requests).toHaveLength(0);
  expect(await asked).toEqual([200]);
  expect(balancer.counters.responseSeconds).toBeGreaterThan(0.2);
  balancer.setAddedDelaySeconds(300);
  balancer.setAddedDelaySeconds(0);
  expect(await ask(balancer.url)).toEqual([200]);
});

test('answers 504 where a dependency is slower than a target may be silent', async () => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.1);
  expect(await ask(balancer.url, 1, { method: 'POST', body: 'order' })).toEqual([504]);
  expect(server.requests).toHaveLength(0);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_504_Count: 1 });
});

test.each(['client', 'target'] as const)('holds a request no longer than its %s is there', async (gone) => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(30);
  const client = new AbortController();
  const status = ask(balancer.url, 1, { signal: client.signal }).catch(() => 'given up');
  await eventually(() => target!.connections.busyCount).toBe(1);
  if (gone === 'client') client.abort();
  else await balancer.deregister(target!, 0);
  expect(await status).toEqual(gone === 'client' ? 'given up' : [502]);
  await eventually(() => target!.connections.busyCount).toBe(0);
  expect(server.requests).toHaveLength(0);
});
