import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { RawConnection } from '../raw-connection.js';
import { smallApp } from '../small-app.js';

async function responseTo(app: FastifyInstance, request: string): Promise<string> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const connection = await RawConnection.open((app.server.address() as AddressInfo).port);
  connection.send(request);
  return (await connection.end()).replace(/\r\ndate: [^\r]*/i, '');
}

const search = (query: string, headers = 'Host: a\r\nConnection: close\r\n', method = 'GET') =>
  `${method} /products/search?${query} HTTP/1.1\r\n${headers}\r\n`;

async function hits(app: FastifyInstance): Promise<number> {
  return Number(/response_cache_hits_total (\d+)/.exec((await app.inject('/metrics')).body)?.[1]);
}

test.each(['q=aurora', 'q=e&limit=3&offset=7', 'q=zebra', 'q=cr%C3%A8me', 'limit=1&q=desk+lamp'])(
  'a response to %s is the same bytes from the cache as before',
  async (query) => {
    const app = smallApp();
    const first = await responseTo(app, search(query));
    expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-type: application\/json; charset=utf-8\r\ncontent-length: \d+\r\n/);
    expect(await responseTo(app, search(query))).toBe(first);
    expect(await hits(app)).toBe(1);
  },
);

test('a miss is counted once', async () => {
  const app = smallApp();
  await responseTo(app, search('q=aurora'));
  expect((await app.inject('/metrics')).body).toContain('response_cache_misses_total 1\n');
});

test.each([
  ['without a host', search('q=aurora', 'Connection: close\r\n'), /^HTTP\/1\.1 400 /],
  ['of another method', search('q=aurora', undefined, 'POST'), /^HTTP\/1\.1 405 /],
  ['for its headers only', search('q=aurora', undefined, 'HEAD'), /^HTTP\/1\.1 200 OK\r\n[^{]*\r\n\r\n$/],
  ['with an invalid escape', search('q=aurora%zz'), /^HTTP\/1\.1 400 /],
])('a request %s is responded to as before, although the query is cached', async (_title, request, expected) => {
  const app = smallApp();
  await responseTo(app, search('q=aurora'));
  expect(await responseTo(app, request)).toMatch(expected);
});

test('a draining service closes the connection also after a response from the cache', async () => {
  let isDraining = false;
  const app = smallApp({ isDraining: () => isDraining });
  await responseTo(app, search('q=aurora'));
  isDraining = true;
  expect(await responseTo(app, search('q=aurora', 'Host: a\r\n'))).toMatch(/\r\nconnection: close\r\n/i);
});

test('an overloaded service rejects a search whose response is cached, and counts it', async () => {
  const app = smallApp({ overloadLimits: { concurrency: 0, eventLoopDelayMilliseconds: 60_000 } });
  expect(await responseTo(app, search('q=aurora'))).toMatch(/^HTTP\/1\.1 503 /);
  expect(await responseTo(app, search('q=aurora'))).toMatch(/^HTTP\/1\.1 503 /);
  expect((await app.inject('/metrics')).body).toContain('http_requests_rejected_total 2\n');
});

test('requests served from the cache are in the metrics', async () => {
  const app = smallApp();
  for (let time = 0; time < 3; time++) await responseTo(app, search('q=aurora'));
  expect((await app.inject('/metrics')).body).toContain('http_request_duration_seconds_count{route="/products/search",status="2xx"} 3\n');
});
