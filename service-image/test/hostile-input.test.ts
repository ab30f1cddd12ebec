import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { FastifyServerOptions } from 'fastify';
import { describe, expect, test } from 'vitest';
import { SERVER_LIMITS } from '../src/limits.js';
import { RawConnection } from './raw-connection.js';
import { smallApp } from './small-app.js';
import { someServer } from './some-server.js';

/** A service whose patience is short, so that no test has to wait for it. */
async function listening(): Promise<number> {
  const app = smallApp({}, {
    ...SERVER_LIMITS,
    http: { ...SERVER_LIMITS.http, headersTimeout: 50, connectionsCheckingInterval: 10 },
  } as FastifyServerOptions);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

async function responseTo(port: number, bytes: string): Promise<string> {
  const connection = await RawConnection.open(port);
  connection.send(bytes);
  return connection.end();
}

async function expectHealthy(port: number): Promise<void> {
  expect(await responseTo(port, 'GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain('{"status":"healthy"}');
}

const statuses = (received: string): number[] => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('a connection', () => {
  test.each([
    ['silent from the start', ''],
    ['that stops in its first line', 'GET /products'],
    ['that stops in its headers', 'GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: '],
  ])('%s is closed after a while', async (_title, bytes) => {
    const port = await listening();
    expect(statuses(await responseTo(port, bytes))).toEqual([408]);
    await expectHealthy(port);
  });

  test('that sends its headers in drops is closed all the same', async () => {
    const port = await listening();
    const connection = await RawConnection.open(port);
    let isOpen = true;
    const ended = connection.end().finally(() => {
      isOpen = false;
    });
    connection.send('GET /health HTTP/1.1\r\nHost: a\r\nX: ');
    while (isOpen) {
      connection.send('x');
      await new Promise(setImmediate);
    }
    expect(statuses(await ended).every((status) => status === 408 || status === 431)).toBe(true);
    await expectHealthy(port);
  });

  test('is closed at the first garbage between its requests', async () => {
    const port = await listening();
    const good = 'GET /products/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(statuses(await responseTo(port, `${good}${good}\x00\x01garbage\r\n\r\n${good}`))).toEqual([200, 200, 400]);
    await expectHealthy(port);
  });

  test('gets its slow responses before the error for the garbage behind them', async () => {
    const prices = await someServer((_request, response) => setImmediate(() => response.end('{}')));
    const pricesSettings = { url: prices, timeoutMilliseconds: 30_000, concurrency: 10, breakerFailures: 1, breakerSeconds: 60 };
    const app = smallApp({ pricesSettings });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const good = 'GET /products/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(statuses(await responseTo((app.server.address() as AddressInfo).port, `${good}${good}garbage\r\n\r\n`))).toEqual([
      200, 200, 400,
    ]);
  });

  test.each([
    ['an oversized header', `GET /health HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['many headers', `GET /health HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(10_000)}\r\n`, 431],
    ['a URL that is longer than any header may be', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['a URL that no search needs', `GET /${'x'.repeat(5000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 414],
    ['a NUL in its URL', 'GET /products/search?q=\x00 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a NUL in a header', 'GET /health HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n', 400],
    [
      'a body that is announced as too large',
      `POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: ${10 ** 15}\r\nConnection: close\r\n\r\n`,
      405,
    ],
  ])('with %s is rejected', async (_title, bytes, status) => {
    const port = await listening();
    expect(statuses(await responseTo(port, bytes))).toEqual([status]);
    await expectHealthy(port);
  });
});

describe('whatever bytes arrive', () => {
  test('the response is a 2xx or 4xx or none, and the service stays healthy', async () => {
    const port = await listening();
    const pieces = fc.constantFrom(
      'GET ',
      'POST ',
      '/',
      '/health',
      '/products/search?q=a',
      ' HTTP/1.1',
      '\r\n',
      '\r\n\r\n',
      'Host: a\r\n',
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      '5\r\nhello\r\n',
      '0\r\n\r\n',
      'Expect: 100-continue\r\n',
      'Upgrade: h2c\r\nConnection: upgrade\r\n',
      '\x00',
      '\xff',
      '%ff',
    );
    const bytes = fc.array(fc.oneof({ arbitrary: pieces, weight: 5 }, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(bytes, async (parts) => {
        const received = await responseTo(port, parts.join(''));
        expect(statuses(received).filter((status) => status >= 500)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    await expectHealthy(port);
  });

  test('no method, path, header or query makes an error of the service', async () => {
    const app = smallApp();
    const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH') as fc.Arbitrary<'GET' | 'HEAD'>;
    const path = fc.oneof(fc.webPath(), fc.constantFrom('/products/search', '/health', '/metrics', '/docs', '/health/deep'));
    const query = fc.oneof(
      fc.webQueryParameters(),
      fc.string({ unit: 'binary' }).map((text) => `q=${encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''))}`),
    );
    const header = fc.constantFrom('traceparent', 'x-amzn-trace-id', 'accept', 'content-type', 'expect', 'accept-version');
    await fc.assert(
      fc.asyncProperty(methods, path, query, header, fc.webSegment(), async (method, url, text, name, value) => {
        const response = await app.inject({ method, url: `${url}?${text}`, headers: { [name]: value } });
        expect(response.statusCode).toBeLessThan(500);
        if (response.statusCode >= 400 && method !== 'HEAD')
          expect(response.json()).toMatchObject({ type: 'about:blank', status: response.statusCode });
      }),
      { numRuns: 500 },
    );
  });
});

test('junk of every kind leaves the memory as it was', async () => {
  const app = smallApp({ cacheLimits: { bytes: 200_000, seconds: 60 } });
  const junk = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round++) {
      await app.inject(`/products/search?q=a&junk=${Math.random()}`);
      await app.inject(`/unknown/${Math.random()}`);
    }
  };
  await junk(2000);
  const metrics = (await app.inject('/metrics')).body;
  await junk(2000);
  expect((await app.inject('/metrics')).body.split('\n')).toHaveLength(metrics.split('\n').length);
  expect(Number(/response_cache_entries (\d+)/.exec(metrics)?.[1])).toBeLessThan(200);
});
