import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const HEALTHY = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const GET = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n';

/** A target that passes its health checks, responds to `/` with the given bytes, and to other paths with a valid response. */
async function startTarget(response: string, closes: boolean): Promise<{ port: number }> {
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        const isRoot = / \/ HTTP/.test(chunk.toString('latin1').split('\r\n')[0]!);
        socket.write(Buffer.from(isRoot ? response : HEALTHY, 'latin1'));
        if (isRoot && closes) socket.end();
      });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port };
}

const OK = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['nonsense', 'nonsense\r\n\r\n'],
  ['nothing', ''],
  ['half a header', `${OK}Content-Le`],
  ['a status that is not a number', 'HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nok'],
  ['a status below 100', 'HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['a status above 599', 'HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['an unknown version', 'HTTP/7.7 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['a control character after its status', 'HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nok'],
  ['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`],
  ['a length and a coding', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a length that is not a number', `${OK}Content-Length: two\r\n\r\nok`],
  ['a space before a colon', `${OK}X-Kind : page\r\nContent-Length: 2\r\n\r\nok`],
  ['a NUL in a header', `${OK}X-Kind: pa\u0000ge\r\nContent-Length: 2\r\n\r\nok`],
  ['a folded header', `${OK}X-Kind: pa\r\n ge\r\nContent-Length: 2\r\n\r\nok`],
  ['an upgrade that was not requested', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n'],
  ['headers beyond the limit', `${OK}X-Long: ${'a'.repeat(40 * 1024)}\r\nContent-Length: 2\r\n\r\nok`],
])('a response with %s causes a 502', async (_, response) => {
  const balancer = await startBalancer();
  await registered(balancer, [await startTarget(response, true)]);
  const client = new RawClient(balancer.url).send(GET);
  await eventually(() => client.statuses).toEqual([502]);
  expect(balancer.counters).toMatchObject({ requests: 1, HTTPCode_ELB_502_Count: 1 });
  // other requests are not affected.
  expect((await fetch(`${balancer.url}/other`)).status).toBe(200);
});

test.each([
  ['headers of 24 KiB', GET, `${OK}X-Long: ${'a'.repeat(24 * 1024)}\r\nContent-Length: 2\r\n\r\nok`],
  ['no length, and its end', GET, `${OK}\r\nok`],
])('a response with %s is passed on', async (_, request, response) => {
  const balancer = await startBalancer();
  await registered(balancer, [await startTarget(response, true)]);
  const client = new RawClient(balancer.url).send(request);
  await eventually(() => client.received).toContain('ok');
  expect(client.statuses).toEqual([200]);
});

test.each([
  [
    'after the response to HEAD',
    'HEAD / HTTP/1.1\r\nHost: shop\r\n\r\n',
    `${OK}Content-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`,
  ],
  ['after a response', GET, `${OK}Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`],
  ['after a response without a body', GET, 'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'],
])('data that a target sends %s is dropped', async (_, request, response) => {
  const balancer = await startBalancer();
  await registered(balancer, [await startTarget(response, false)]);
  const client = new RawClient(balancer.url).send(request);
  await eventually(() => client.statuses).toHaveLength(1);
  for (let time = 0; time < 3; time += 1) expect(await (await fetch(`${balancer.url}/other`)).text()).toBe('ok');
  expect(client.received).not.toContain('evil');
});
