import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { registered, startBalancer } from './balanced';
import { RawClient } from './raw-client';

const GET = 'GET /page HTTP/1.1\r\nHost: shop\r\n\r\n';
const HEALTHY = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

interface RawTarget {
  readonly port: number;
  /** What each of its connections received, apart from those of health checks. */
  readonly received: () => string[];
}

/** A target that responds to each request with the given text, and keeps its connections. A request ends at `end`. */
async function startTarget(response: string, end = '\r\n\r\n'): Promise<RawTarget> {
  const connections: string[] = [];
  const server = createServer((socket) => {
    let index = -1;
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        const text = chunk.toString('latin1');
        if (text.startsWith('GET /health')) {
          socket.write(HEALTHY);
          return;
        }
        if (index < 0) index = connections.push('') - 1;
        connections[index] += text;
        if (connections[index]!.endsWith(end)) socket.write(response);
      });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, received: () => connections };
}

function requestCounts({ received }: RawTarget): number[] {
  return received().map((text) => text.split(' HTTP/1.1\r\n').length - 1);
}

test.each([20_000, 200_000])('a connection is used again after a response of %d bytes', async (length) => {
  const target = await startTarget(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`);
  const balancer = await startBalancer();
  await registered(balancer, [target]);
  const client = new RawClient(balancer.url);
  for (let count = 1; count <= 3; count += 1) {
    client.send(GET);
    await eventually(() => client.received.split('x').length - 1).toBe(count * length);
  }
  expect(client.statuses).toEqual([200, 200, 200]);
  expect(requestCounts(target)).toEqual([3]);
});

test.each(['content-length', 'Content-Length , host', 'keep-alive, HOST, content-length, x-hop'])(
  'a request whose Connection header lists %s keeps its length and its host',
  async (listed) => {
    const target = await startTarget(HEALTHY, 'a=1 HTTP/1.1 b');
    const balancer = await startBalancer();
    await registered(balancer, [target]);
    const client = new RawClient(balancer.url);
    client.send(`POST / HTTP/1.1\r\nHost: shop\r\nX-Hop: 1\r\nConnection: ${listed}\r\nContent-Length: 14\r\n\r\na=1 HTTP/1.1 b`);
    await eventually(() => client.statuses).toEqual([200]);
    expect(requestCounts(target)).toEqual([1]);
    expect(target.received()[0]).toMatch(/^POST \/ HTTP\/1\.1\r\nHost: shop\r\n/);
    expect(target.received()[0]).toContain('\r\nContent-Length: 14\r\n');
    expect(target.received()[0]!.includes('X-Hop')).toBe(!listed.includes('x-hop'));
  },
);

test('a response whose Connection header lists its length keeps it', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [
    await startTarget('HTTP/1.1 200 OK\r\nConnection: keep-alive, content-length\r\nContent-Length: 2\r\n\r\nok'),
  ]);
  const client = new RawClient(balancer.url).send(GET);
  await eventually(() => client.received).toMatch(/\r\nContent-Length: 2\r\n(.+\r\n)*\r\nok$/);
  expect(client.received).not.toContain('chunked');
});
