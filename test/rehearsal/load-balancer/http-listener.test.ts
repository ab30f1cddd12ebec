import { expect, onTestFinished, test, vi } from 'vitest';
import { HttpListener } from '../../../rehearsal/load-balancer/http-listener';
import { eventually } from '../eventually';
import { respondOk, type SmallServer, serve } from '../small-server';
import { registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const POST = 'POST /order HTTP/1.1\r\nHost: shop\r\n';
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;
const NEXT = 'GET /smuggled HTTP/1.1\r\nHost: shop\r\n\r\n';

async function behindBalancer(idleTimeoutSeconds?: number): Promise<{ url: string; server: SmallServer; rejected: () => number }> {
  const server = await serve((request, response) => void request.resume().on('end', () => respondOk(request, response)));
  const balancer = await startBalancer({ idleTimeoutSeconds });
  await registered(balancer, [server]);
  return { url: balancer.url, server, rejected: () => balancer.counters.HTTPCode_ELB_4XX_Count };
}

test.each([
  ['both a length and a coding', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['both a coding and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
  ['two lengths that differ', `${POST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
  ['the same length twice', `${POST}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`],
  ['a list of lengths', `${POST}Content-Length: 4,4\r\n\r\nabcd`],
  ['a length with a sign', `${POST}Content-Length: +4\r\n\r\nabcd`],
  ['a negative length', `${POST}Content-Length: -4\r\n\r\nabcd`],
  ['a length in hexadecimal digits', `${POST}Content-Length: 0x4\r\n\r\nabcd`],
  ['a length with a space in it', `${POST}Content-Length: 1 4\r\n\r\nabcd`],
  ['a length of more than 64 bits', `${POST}Content-Length: 18446744073709551616\r\n\r\nabcd`],
  ['an unknown coding', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['an unsupported coding before the last one', `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['a coding after the chunks', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['chunks in chunks', `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a control character in its coding', `${POST}Transfer-Encoding: chunked\u0011\r\n\r\n0\r\n\r\n`],
  ['a vertical tab before its coding', `${POST}Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n`],
  ['a chunk without a size', `${CHUNKED}\r\nabcd\r\n0\r\n\r\n`],
  ['a chunk of a size that is not a number', `${CHUNKED}4x\r\nabcd\r\n0\r\n\r\n`],
  ['a chunk of a size with a prefix', `${CHUNKED}0x4\r\nabcd\r\n0\r\n\r\n`],
  ['a chunk of a negative size', `${CHUNKED}-4\r\nabcd\r\n0\r\n\r\n`],
  ['a chunk of a size beyond 64 bits', `${CHUNKED}10000000000000004\r\nabcd\r\n0\r\n\r\n`],
  ['a chunk that is longer than its size', `${CHUNKED}4\r\nabcdef\r\n0\r\n\r\n`],
  ['a chunk size that ends in a bare line feed', `${CHUNKED}4\nabcd\r\n0\r\n\r\n`],
  ['a space before the colon', `${POST}Content-Length : 4\r\n\r\nabcd`],
  ['a tab before the colon', `${POST}Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n`],
  ['a space before a name', `${POST} Content-Length: 4\r\n\r\nabcd`],
  ['a folded header', `${POST}X-Note: one\r\n two\r\n\r\n`],
  ['a folded coding', `${POST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['a bare carriage return in a header', `${POST}X-Note: one\rContent-Length: 4\r\n\r\n`],
  ['a bare carriage return at the end of a header', `${POST}X-Note: one\r\r\n\r\n`],
  ['a bare line feed at the end of a header', `${POST}X-Note: one\nX-Other: two\r\n\r\n`],
  ['a NUL in a name', `${POST}X-No\u0000te: one\r\n\r\n`],
  ['a NUL in a value', `${POST}X-Note: o\u0000ne\r\n\r\n`],
  ['a control character in a name', `${POST}\u0001Content-Length: 4\r\n\r\n`],
  ['a non-ASCII letter in a name', `${POST}Transfer-Encod\u00ecng: chunked\r\n\r\n`],
  ['a header without a name', `${POST}: chunked\r\n\r\n`],
  ['a header without a colon', `${POST}Transfer-Encoding chunked\r\n\r\n`],
  ['a control character in its address', 'GET /\u0001 HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['a space in its address', 'GET /a b HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['no address', 'GET HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['an unknown version', 'GET / HTTP/1.7\r\nHost: shop\r\n\r\n'],
  ['a version that is not a number', 'GET / HTTP/x.y\r\nHost: shop\r\n\r\n'],
  ['an unknown method', 'SMUGGLE / HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a request for a tunnel', 'CONNECT shop:443 HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: shop\r\nHost: other\r\n\r\n'],
])('rejects %s, and closes the connection without reading more', async (_, request) => {
  const { url, server, rejected } = await behindBalancer();
  const client = await new RawClient(url).send(request + NEXT).closed();
  expect(client.statuses).toEqual([400]);
  expect(client.received).toContain('server: awselb/2.0');
  expect(server.requests.map((each) => each.url)).not.toContain('/smuggled');
  expect(rejected()).toBe(1);
});

test.each([
  ['a length', `${POST}Content-Length: 4\r\n\r\nabcd`],
  ['chunks', `${CHUNKED}4\r\nabcd\r\n0\r\n\r\n`],
  ['chunks with extensions', `${CHUNKED}4;name=value\r\nabcd\r\n0\r\n\r\n`],
  ['a trailer', `${CHUNKED}4\r\nabcd\r\n0\r\nX-Sum: 1\r\n\r\n`],
  ['no body', 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['a method of WebDAV', 'PROPFIND / HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['an absolute address', 'GET http://shop/ HTTP/1.1\r\nHost: shop\r\n\r\n'],
  ['non-ASCII letters in a value', `${POST}X-Name: caf\u00e9\r\nContent-Length: 0\r\n\r\n`],
  ['an unknown expectation', `${POST}Expect: luck\r\nContent-Length: 0\r\n\r\n`],
])('serves a request with %s, and the next one on the same connection', async (_, request) => {
  const { url, server, rejected } = await behindBalancer();
  const client = new RawClient(url).send(request + NEXT);
  await eventually(() => client.statuses).toEqual([200, 200]);
  expect(server.requests.map((each) => each.url).at(-1)).toBe('/smuggled');
  expect({ isClosed: client.isClosed, rejected: rejected() }).toEqual({ isClosed: false, rejected: 0 });
});

test('serves HTTP/1.0 without a host, and closes the connection', async () => {
  const { url } = await behindBalancer();
  const client = await new RawClient(url).send('GET / HTTP/1.0\r\n\r\n').closed();
  expect(client.statuses).toEqual([200]);
});

test('cuts off a request whose body turns out to be malformed after it was forwarded', async () => {
  const { url, server, rejected } = await behindBalancer();
  const client = new RawClient(url).send(`${CHUNKED}4\r\nabcd\r\n`);
  await eventually(() => server.requests.length).toBe(1);
  await client.send('nonsense\r\n').closed();
  expect(client.statuses).toEqual([400]);
  await eventually(() => server.requests[0]!.destroyed).toBe(true);
  expect(rejected()).toBe(1);
});

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: sh'],
  ['a body', `${POST}Content-Length: 4\r\n\r\nab`],
  ['a chunk', `${CHUNKED}4\r\nab`],
])('responds 408 if a client stops in the middle of %s', async (_, begun) => {
  const { url, rejected } = await behindBalancer(0.2);
  const client = await new RawClient(url).send(begun).closed();
  expect(client.statuses).toEqual([408]);
  expect(rejected()).toBe(1);
});

test('serves a slow client that keeps sending', async () => {
  const { url, server } = await behindBalancer(1);
  const client = new RawClient(url).send(`${POST}Content-Length: 15\r\n\r\n`);
  const sending = setInterval(() => client.send('x'), 100);
  await eventually(() => client.statuses).toEqual([200]);
  clearInterval(sending);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['without a request', ''],
  ['after a response', 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n'],
])('closes a connection %s after the idle timeout, and counts nothing', async (_, text) => {
  const { url, rejected } = await behindBalancer(0.2);
  const client = await new RawClient(url).send(text).closed();
  expect(client.statuses).toEqual(text === '' ? [] : [200]);
  expect(rejected()).toBe(0);
});

test('responds 408 to headers that come in drops, however steadily', async () => {
  const { url, server, rejected } = await behindBalancer(0.3);
  const client = new RawClient(url).send('GET / HTTP/1.1\r\nHost: shop\r\nX-Slow: ');
  const sending = setInterval(() => client.send('x'), 20);
  await client.closed();
  clearInterval(sending);
  expect(client.statuses).toEqual([408]);
  expect(server.requests).toEqual([]);
  expect(rejected()).toBe(1);
});

test.each([
  ['in its headers', 'GET / HTTP/1.1\r\nHo', [400]],
  ['in its body', `${POST}Content-Length: 4\r\n\r\nab`, [400]],
  ['before a request', '', []],
])('a client that ends its side %s is responded to, and disconnected', async (_, text, statuses) => {
  const { url, rejected } = await behindBalancer();
  const client = await new RawClient(url).send(text).end().closed();
  expect(client.statuses).toEqual(statuses);
  expect(rejected()).toBe(statuses.length);
});

test('serves pipelined requests in their order, whatever their number', async () => {
  const { url, server } = await behindBalancer();
  const paths = Array.from({ length: 300 }, (_, index) => `/${index}`);
  const client = new RawClient(url).send(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${'a'.repeat(1000)}\r\n\r\n`).join(''));
  await eventually(() => client.statuses.length).toBe(paths.length);
  expect(server.requests.map((each) => each.url)).toEqual(paths);
});

test('a request after one that closes the connection is not forwarded', async () => {
  const { url, server } = await behindBalancer();
  const client = await new RawClient(url).send(`GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n${NEXT}`).closed();
  expect(client.statuses).toEqual([200]);
  expect(server.requests).toHaveLength(1);
});

test('empty lines before a request are skipped', async () => {
  const { url } = await behindBalancer();
  const client = new RawClient(url).send(`\r\n\r\n${POST}Content-Length: 2\r\n\r\nab\r\n${NEXT}`);
  await eventually(() => client.statuses).toEqual([200, 200]);
});

test('a request that is not about a path is rejected', async () => {
  const { url, rejected } = await behindBalancer();
  const client = await new RawClient(url).send(`OPTIONS * HTTP/1.1\r\nHost: shop\r\n\r\n${NEXT}`).closed();
  expect(client.statuses).toEqual([400]);
  expect(rejected()).toBe(1);
});

test.each([
  ['white space after a length', `${POST}Content-Length: 4 \r\n\r\nabcd`],
  ['white space after a coding', `${POST}Transfer-Encoding: chunked \r\n\r\n4\r\nabcd\r\n0\r\n\r\n`],
  ['a coding in capitals', `${POST}Transfer-Encoding: Chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n`],
])('serves a request with %s', async (_, request) => {
  const { url } = await behindBalancer();
  const client = new RawClient(url).send(request + NEXT);
  await eventually(() => client.statuses).toEqual([200, 200]);
});

test('a listener whose port is in use starts no timer', async () => {
  const { server } = await behindBalancer();
  const startTimer = vi.spyOn(globalThis, 'setInterval');
  onTestFinished(() => startTimer.mockRestore());
  const listener = new HttpListener(123_456, { onRequest: () => {}, onUpgrade: () => {}, onRejection: () => {} });
  await expect(listener.listen(server.port)).rejects.toThrow('is already in use');
  expect(startTimer).not.toHaveBeenCalled();
});
