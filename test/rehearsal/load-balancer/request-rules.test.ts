import { once } from 'node:events';
import { expect, test } from 'vitest';
import { eventually } from '../eventually';
import { respondOk, type SmallServer, serve } from '../small-server';
import { registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const NEXT = 'GET /next HTTP/1.1\r\nHost: shop\r\n\r\n';
const GET = 'GET / HTTP/1.1\r\nHost: shop\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: shop\r\n';

const KIBIBYTE = 1024;

async function behindBalancer(): Promise<{ url: string; server: SmallServer; rejected: () => number }> {
  const server = await serve(respondOk, respondOk, { maxHeaderSize: 256 * KIBIBYTE });
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  return { url: balancer.url, server, rejected: () => balancer.counters.HTTPCode_ELB_4XX_Count };
}

/** A request whose line, less its end, has the given length. */
function withLine(length: number): string {
  return `GET /${'a'.repeat(length - 'GET/'.length)} HTTP/1.1\r\nHost: shop\r\n\r\n`;
}

/** A request with headers of the given lengths, without the separators of names and values. */
function withHeaders(...lengths: number[]): string {
  const headers = lengths.map((length, index) => `x-${index}: ${'a'.repeat(length - 3)}\r\n`);
  return `${GET}${headers.join('')}\r\n`;
}

test.each([
  ['a line of 16 KiB', withLine(16 * KIBIBYTE), 200],
  ['a longer line', withLine(16 * KIBIBYTE + 1), 414],
  ['a header of 16 KiB', withHeaders(16 * KIBIBYTE), 200],
  ['a longer header', withHeaders(16 * KIBIBYTE + 1), 400],
  ['headers of 62 KiB', withHeaders(15_500, 15_500, 15_500, 15_500), 200],
  ['headers of more than 64 KiB', withHeaders(16_000, 16_000, 16_000, 16_000, 2000), 400],
  ['headers beyond the limit of the parser', withHeaders(16_000, 16_000, 16_000, 16_000, 16_000, 16_000, 16_000), 400],
  ['30 forwarded addresses', `${GET}X-Forwarded-For: ${Array(30).fill('203.0.113.7').join(', ')}\r\n\r\n`, 200],
  ['31 forwarded addresses', `${GET}X-Forwarded-For: ${Array(31).fill('203.0.113.7').join(', ')}\r\n\r\n`, 463],
  ['a trace', 'TRACE / HTTP/1.1\r\nHost: shop\r\n\r\n', 405],
])('responds to a request with %s', async (_, request, status) => {
  const { url, rejected } = await behindBalancer();
  const client = new RawClient(url).send(request);
  await eventually(() => client.statuses).toEqual([status]);
  expect(rejected()).toBe(status === 200 ? 0 : 1);
});

test.each([
  ['a body of a GET request', `${GET}Content-Length: 4\r\n\r\nabcd`],
  ['chunks of a GET request', `${GET}Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n`],
  ['a length with an underscore', `${POST}Content_Length: 4\r\n\r\n`],
  ['a coding with many hyphens', `${POST}Transfer---Encoding: chunked\r\n\r\n`],
  ['a coding with a leading tilde', `${POST}~transfer-encoding: chunked\r\n\r\n`],
])('serves %s, and uses neither connection again', async (_, request) => {
  const { url, server, rejected } = await behindBalancer();
  server.server.on('request', (incoming) => incoming.resume());
  const client = await new RawClient(url).send(request + NEXT).closed();
  expect(client.statuses).toEqual([200]);
  expect(server.requests.map((each) => each.url)).toEqual(['/']);
  const { socket } = server.requests[0]!;
  if (!socket.closed) await once(socket, 'close');
  expect(rejected()).toBe(0);
});

test.each([
  ['GET with an empty body', `${GET}Content-Length: 0\r\n\r\n`],
  [
    'headers with similar names',
    `${POST}Content-Length: 0\r\nContent-Language: en\r\nAccept-Encoding: gzip\r\nX-Content-Length-Hint: 4\r\n\r\n`,
  ],
])('%s is not ambiguous', async (_, request) => {
  const { url } = await behindBalancer();
  const client = new RawClient(url).send(request + NEXT);
  await eventually(() => client.statuses).toEqual([200, 200]);
});

test('rejects an upgrade request with a body', async () => {
  const { url, server, rejected } = await behindBalancer();
  const client = await new RawClient(url)
    .send(`${POST}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 4\r\n\r\nabcd${NEXT}`)
    .closed();
  expect(client.statuses).toEqual([400]);
  expect(server.requests).toEqual([]);
  expect(rejected()).toBe(1);
});
