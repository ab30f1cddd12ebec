import { once } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { requestHeaders, responseHeaders } from '../../../rehearsal/load-balancer/forwarded-headers';
import { serve } from '../small-server';

/** The headers that a target gets for a real request with the given headers. */
async function headersAtTarget(headers: Record<string, string>): Promise<Record<string, string>> {
  const { url } = await serve((request, response) => {
    response.end(JSON.stringify(requestHeaders(request, 8080)));
  });
  const [received] = await once(get(url, { headers, agent: false }), 'response');
  return pairs(JSON.parse(await text(received)));
}

function pairs(flat: readonly string[]): Record<string, string> {
  return Object.fromEntries(flat.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), flat[index + 1]!]] : [])));
}

test('adds the address and the protocol of the client, and a trace id', async () => {
  expect(await headersAtTarget({ host: 'shop.example', accept: 'text/html' })).toEqual({
    host: 'shop.example',
    accept: 'text/html',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '8080',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  });
});

test('appends to existing forwarding headers, and keeps the trace id', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-amzn-trace-id': 'Root=1-0-1' };
  expect(await headersAtTarget(headers)).toMatchObject({
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-amzn-trace-id': 'Root=1-0-1',
  });
});

test('drops hop-by-hop headers', async () => {
  const headers = {
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    te: 'trailers',
    'proxy-authorization': 'secret',
    upgrade: 'websocket',
    'x-end': '1',
  };
  const names = Object.keys(await headersAtTarget(headers));
  expect(names.filter((name) => name in headers)).toEqual(['x-end']);
});

test.each([
  { raw: ['Content-Type', 'text/plain', 'Date', 'today'], forwarded: ['Content-Type', 'text/plain', 'Date', 'today'] },
  { raw: ['Connection', 'close', 'Transfer-Encoding', 'chunked', 'X-End', '1'], forwarded: ['X-End', '1'] },
  { raw: ['X-Hop', '1', 'X-End', '1', 'connection', 'x-hop , keep-alive'], forwarded: ['X-End', '1'] },
  { raw: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'], forwarded: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'] },
  { raw: ['X-Name', 'caf\u00e9'], forwarded: ['X-Name', 'caf\u00e9'] },
])('passes $forwarded on of a response with $raw', ({ raw, forwarded }) => {
  expect(responseHeaders(raw.map((part) => Buffer.from(part, 'latin1')))).toEqual(forwarded);
});
