import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, get, type IncomingMessage, type RequestListener, type RequestOptions, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadBalancer } from '../../../rehearsal/load-balancer/local-load-balancer';
import { eventually } from '../eventually';
import { serve } from '../small-server';
import { registered, send, startBalancer } from './balanced';

const MEGABYTE = randomBytes(1024 * 1024);

/** A load balancer in front of one healthy target. */
async function inFrontOf(listener: RequestListener): Promise<LoadBalancer> {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(listener)]);
  return balancer;
}

/** Sends a request with exactly the given headers. */
async function sendRequest(url: string, options: RequestOptions, body?: Buffer): Promise<IncomingMessage> {
  const [response] = await once(request(url, { agent: false, ...options }).end(body), 'response');
  return response;
}

test.each(['content-length', 'transfer-encoding'] as const)('carries a megabyte up and down, framed by %s', async (framing) => {
  const balancer = await inFrontOf((incoming, response) => {
    if (framing === 'content-length') response.setHeader('content-length', MEGABYTE.length);
    incoming.pipe(response);
  });
  const headers = framing === 'content-length' ? { [framing]: MEGABYTE.length } : { [framing]: 'chunked' };
  const response = await sendRequest(balancer.url, { method: 'POST', headers }, MEGABYTE);
  expect(response.headers[framing]).toBe(framing === 'content-length' ? String(MEGABYTE.length) : 'chunked');
  expect(MEGABYTE.equals(await buffer(response))).toBe(true);
});

test('pauses a target that sends faster than its client reads', async () => {
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
  const response = await sendRequest(balancer.url, {});
  response.socket.pause();
  // it is paused when the count does not change between two checks.
  let before = -1;
  await eventually(() => {
    const isUnchanged = written === before;
    before = written;
    return isUnchanged;
  }).toBe(true);
  expect(written).toBeLessThan(chunks);

  response.socket.resume();
  expect((await buffer(response)).length).toBe(chunks * MEGABYTE.length);
});

test('responds to HEAD with the headers of the target and no body', async () => {
  const balancer = await inFrontOf((_, response) => response.writeHead(200, { 'content-length': 1234, 'x-kind': 'page' }).end());
  const response = await sendRequest(balancer.url, { method: 'HEAD' });
  expect(response.headers).toMatchObject({ 'content-length': '1234', 'x-kind': 'page' });
  expect(await text(response)).toBe('');
});

test.each([204, 304])('passes %d on without a body', async (statusCode) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const balancer = await inFrontOf((_, response) => response.writeHead(statusCode, { etag: '"1"' }).end());
  for (let time = 0; time < 2; time += 1) {
    const response = await sendRequest(balancer.url, { agent });
    expect(response.statusCode).toBe(statusCode);
    expect(response.headers).toMatchObject({ etag: '"1"' });
    expect(response.headers['transfer-encoding']).toBeUndefined();
    expect(await text(response)).toBe('');
  }
});

test('passes on the reason, repeated headers and a response of unknown length', async () => {
  const balancer = await inFrontOf((_, response) => {
    response.writeHead(299, 'Quite Fine', [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['connection', 'close'],
    ]);
    response.end('until the end');
  });
  const response = await sendRequest(balancer.url, {});
  expect(response.statusMessage).toBe('Quite Fine');
  expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  expect(await text(response)).toBe('until the end');
});

test('aborts the request to the target when the client disconnects', async () => {
  const closed: Promise<unknown>[] = [];
  const balancer = await inFrontOf((incoming) => void closed.push(once(incoming.socket, 'close')));
  const sent: ClientRequest = get(balancer.url, { agent: false });
  sent.once('error', () => {});
  await eventually(() => closed.length).toBe(1);
  sent.destroy();
  await closed[0];
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_502_Count: 0 });
});

test('keeps a connection usable after a response that came before the body was read', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const balancer = await inFrontOf((incoming, response) => {
    response.writeHead(incoming.method === 'POST' ? 413 : 200).end();
  });
  const tooLarge = await sendRequest(balancer.url, { agent, method: 'POST' }, MEGABYTE);
  expect(tooLarge.statusCode).toBe(413);
  await text(tooLarge);
  const next = await sendRequest(balancer.url, { agent });
  expect(next.statusCode).toBe(200);
  await text(next);
});

test('responds to a client that expects 100-continue', async () => {
  const balancer = await inFrontOf((incoming, response) => void incoming.pipe(response));
  const sent = request(balancer.url, { agent: false, method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } });
  sent.flushHeaders();
  await once(sent, 'continue');
  const [response] = await once(sent.end('body'), 'response');
  expect(await text(response)).toBe('body');
});

test('cuts off a response that its target aborted, and counts it', async () => {
  const balancer = await inFrontOf((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  });
  const response = await sendRequest(balancer.url, {});
  await expect(text(response)).rejects.toThrow();
  expect(balancer.counters).toMatchObject({ HTTPCode_ELB_502_Count: 1, HTTPCode_Target_2XX_Count: 0 });
});

test.each(['GET / HTTP/1.1\r\n\r\n', 'GET /\u0001 HTTP/1.1\r\nhost: a\r\n\r\n', 'nonsense\r\n\r\n'])(
  'rejects the malformed request %j',
  async (malformed) => {
    const balancer = await inFrontOf((_, response) => response.end());
    const socket = connect(Number(new URL(balancer.url).port), '127.0.0.1').end(malformed);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
  },
);

/** A target that closes each connection at its second request, as if it had closed the idle connection just before. */
async function startHastyTarget(): Promise<{ port: number; lines: string[] }> {
  const lines: string[] = [];
  const server = createServer((socket: Socket) => {
    let count = 0;
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        const line = chunk.toString('latin1').split('\r\n')[0]!;
        lines.push(line);
        if (count++ > 0) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, lines };
}

test('sends a request again that raced with the close of its connection', async () => {
  const target = await startHastyTarget();
  const balancer = await startBalancer();
  await registered(balancer, [target]);
  expect(await send(`${balancer.url}/page`, 6)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(balancer.counters).toMatchObject({ requests: 6, HTTPCode_Target_2XX_Count: 6, HTTPCode_ELB_502_Count: 0 });
  expect(target.lines.filter((line) => line === 'GET /page HTTP/1.1').length).toBeGreaterThan(6);
});

test('never repeats a request that may have had an effect', async () => {
  const target = await startHastyTarget();
  const balancer = await startBalancer();
  await registered(balancer, [target]);
  const post = { method: 'POST', body: 'order' };
  expect(await send(`${balancer.url}/orders`, 4, post)).toEqual([200, 502, 200, 502]);
  expect(target.lines.filter((line) => line === 'POST /orders HTTP/1.1')).toHaveLength(4);
});

test('delays a request by a slow dependency, and counts the delay in the response time of its target', async () => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.2);
  const statuses = send(balancer.url);
  await eventually(() => target!.connections.inFlightCount).toBe(1);
  expect(server.requests).toHaveLength(0);
  expect(await statuses).toEqual([200]);
  expect(balancer.counters.responseSeconds).toBeGreaterThan(0.2);
  balancer.setAddedDelaySeconds(300);
  balancer.setAddedDelaySeconds(0);
  expect(await send(balancer.url)).toEqual([200]);
});

test('responds 504 if a dependency is slower than the idle timeout', async () => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.1);
  expect(await send(balancer.url, 1, { method: 'POST', body: 'order' })).toEqual([504]);
  expect(server.requests).toHaveLength(0);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_504_Count: 1 });
});

test.each(['client', 'target'] as const)('ends a held request when its %s is gone', async (gone) => {
  const server = await serve((_, response) => response.end('ok'));
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(30);
  const client = new AbortController();
  const status = send(balancer.url, 1, { signal: client.signal }).catch(() => 'aborted');
  await eventually(() => target!.connections.inFlightCount).toBe(1);
  if (gone === 'client') client.abort();
  else await balancer.deregister(target!, 0);
  expect(await status).toEqual(gone === 'client' ? 'aborted' : [502]);
  await eventually(() => target!.connections.inFlightCount).toBe(0);
  expect(server.requests).toHaveLength(0);
});
