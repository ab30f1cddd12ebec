import { once } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { answerHeaders, requestHeaders } from '../../../../cli/rehearsal/load-balancer/forwarded-headers';
import { serve } from '../small-server';

/** What a target would get of a request with the given headers, which really comes in over HTTP. */
async function forwarded(headers: Record<string, string>): Promise<Record<string, string>> {
  const { url } = await serve((request, response) => {
    response.end(JSON.stringify(requestHeaders(request, 8080)));
  });
  const [answer] = await once(get(url, { headers, agent: false }), 'response');
  return pairs(JSON.parse(await text(answer)));
}

function pairs(flat: readonly string[]): Record<string, string> {
  return Object.fromEntries(flat.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), flat[index + 1]!]] : [])));
}

test('says whom a request came from, how, and which trace it belongs to', async () => {
  expect(await forwarded({ host: 'shop.example', accept: 'text/html' })).toEqual({
    host: 'shop.example',
    accept: 'text/html',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '8080',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  });
});

test('adds itself to those who forwarded a request before, and keeps its trace', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-amzn-trace-id': 'Root=1-0-1' };
  expect(await forwarded(headers)).toMatchObject({
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-amzn-trace-id': 'Root=1-0-1',
  });
});

test('keeps what speaks of a connection on that connection', async () => {
  const headers = {
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    te: 'trailers',
    'proxy-authorization': 'secret',
    upgrade: 'websocket',
    'x-end': '1',
  };
  const names = Object.keys(await forwarded(headers));
  expect(names.filter((name) => name in headers)).toEqual(['x-end']);
});

test.each([
  { raw: ['Content-Type', 'text/plain', 'Date', 'today'], kept: ['Content-Type', 'text/plain', 'Date', 'today'] },
  { raw: ['Connection', 'close', 'Transfer-Encoding', 'chunked', 'X-End', '1'], kept: ['X-End', '1'] },
  { raw: ['X-Hop', '1', 'X-End', '1', 'connection', 'x-hop , keep-alive'], kept: ['X-End', '1'] },
  { raw: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'], kept: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'] },
  { raw: ['X-Name', 'caf\u00e9'], kept: ['X-Name', 'caf\u00e9'] },
])('passes $kept on of an answer with $raw', ({ raw, kept }) => {
  expect(answerHeaders(raw.map((part) => Buffer.from(part, 'latin1')))).toEqual(kept);
});
