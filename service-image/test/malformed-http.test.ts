import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { RawConnection } from './raw-connection.js';
import { smallApp } from './small-app.js';

async function responseTo(bytes: string): Promise<string> {
  const app = smallApp();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const connection = await RawConnection.open((app.server.address() as AddressInfo).port);
  connection.send(bytes);
  return connection.end();
}

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a method that does not exist', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['a version that does not exist', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n', 400],
  ['a broken header', 'GET / HTTP/1.1\r\nHost a\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  ['a length and chunks', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['a header without an end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
])('%s gets a problem response, and the connection is closed', async (_title, bytes, status) => {
  const [head, body] = (await responseTo(bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nContent-Type: application/problem\\+json\r\n`));
  expect(head).toMatch(/\r\nConnection: close$/);
  expect(head).toContain(`Content-Length: ${body.length}\r\n`);
  expect(JSON.parse(body)).toMatchObject({ status, detail: 'the request must be complete and valid HTTP/1.1' });
});

test.each([
  ['without a host', 'GET / HTTP/1.1\r\n\r\n', 400, 'the request must have a Host header'],
  [
    'with an expectation other than 100-continue',
    'GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n',
    417,
    "the Expect header must be 100-continue, got 'tea'",
  ],
])('a request %s gets a problem response, and the connection is closed', async (_title, bytes, status, detail) => {
  const [head, body] = (await responseTo(bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  expect(JSON.parse(body)).toMatchObject({ status, detail });
});

test('HTTP/1.0 needs no host', async () => {
  expect(await responseTo('GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
});

test.each(['TRACE', 'PROPFIND', 'PURGE', 'SEARCH', 'M-SEARCH', 'LINK'])('%s is a method that no path takes', async (method) => {
  const [head, body] = (await responseTo(`${method} /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 405 /);
  expect(JSON.parse(body)).toMatchObject({ status: 405 });
});

test('bytes that are not HTTP do not affect other connections', async () => {
  const app = smallApp();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const [bad, good] = [await RawConnection.open(port), await RawConnection.open(port)];
  bad.send('hello\r\n\r\n');
  await bad.end();
  good.send('GET /health HTTP/1.1\r\nHost: a\r\n\r\n');
  await good.receives('{"status":"healthy"}');
});
