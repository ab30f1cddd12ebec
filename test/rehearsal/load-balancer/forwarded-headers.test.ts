import { expect, test } from 'vitest';
import { requestHeaders, responseHeaders } from '../../../rehearsal/load-balancer/forwarded-headers';

/** The headers that a target gets for a request with the given ones, by their names in lower case. */
function headersAtTarget(headers: Record<string, string>): Record<string, string> {
  const lines = requestHeaders({ rawHeaders: Object.entries(headers).flat() }, '127.0.0.1', 8080).split('\r\n');
  expect(lines.pop()).toBe('');
  return Object.fromEntries(
    lines.map((line) => {
      const separator = line.indexOf(': ');
      return [line.slice(0, separator).toLowerCase(), line.slice(separator + 2)];
    }),
  );
}

test('adds the address and the protocol of the client, and a trace id', () => {
  expect(headersAtTarget({ host: 'shop.example', accept: 'text/html' })).toEqual({
    host: 'shop.example',
    accept: 'text/html',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '8080',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  });
});

test('appends to existing forwarding headers, and keeps the trace id', () => {
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-amzn-trace-id': 'Root=1-0-1' };
  expect(headersAtTarget(headers)).toMatchObject({
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-amzn-trace-id': 'Root=1-0-1',
  });
});

test('drops hop-by-hop headers', () => {
  const headers = {
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    te: 'trailers',
    'proxy-authorization': 'secret',
    upgrade: 'websocket',
    'x-end': '1',
  };
  const names = Object.keys(headersAtTarget(headers));
  expect(names.filter((name) => name in headers)).toEqual(['x-end']);
});

test('joins forwarding headers that were sent more than once', () => {
  const raw = ['X-Forwarded-For', '203.0.113.7', 'x-forwarded-for', '198.51.100.1'];
  expect(requestHeaders({ rawHeaders: raw }, '127.0.0.1', 80)).toMatch(/^X-Forwarded-For: 203.0.113.7, 198.51.100.1, 127.0.0.1\r\n/);
});

test('every request has another trace id', () => {
  const ids = Array.from({ length: 100 }, () => headersAtTarget({})['x-amzn-trace-id']);
  expect(new Set(ids).size).toBe(100);
});

test.each([
  { raw: ['Content-Type', 'text/plain', 'Date', 'today'], forwarded: 'Content-Type: text/plain\r\nDate: today\r\n' },
  { raw: ['Connection', 'close', 'Transfer-Encoding', 'chunked', 'Date', '1'], forwarded: 'Date: 1\r\n' },
  { raw: ['X-Hop', '1', 'Date', '1', 'connection', 'x-hop , keep-alive'], forwarded: 'Date: 1\r\n' },
  { raw: ['X-Hop', '1', 'Date', '1', 'connection', 'close', 'connection', 'X-Hop'], forwarded: 'Date: 1\r\n' },
  { raw: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'date', '1'], forwarded: 'Set-Cookie: a=1\r\nSet-Cookie: b=2\r\ndate: 1\r\n' },
  { raw: ['Date', '1', 'X-Name', 'caf\u00e9'], forwarded: 'Date: 1\r\nX-Name: caf\u00e9\r\n' },
])('passes $forwarded on of a response with $raw', ({ raw, forwarded }) => {
  expect(responseHeaders({ rawHeaders: raw })).toBe(forwarded);
});

test('dates a response whose target does not', () => {
  const [, date] = /^Date: (.*)\r\n$/.exec(responseHeaders({ rawHeaders: [] }))!;
  expect(Math.abs(Date.now() - Date.parse(date!))).toBeLessThan(60_000);
});
