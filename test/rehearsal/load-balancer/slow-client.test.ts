import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { serve } from '../small-server';
import { registered, startBalancer } from './balanced';

const MEBIBYTE = Buffer.alloc(1024 * 1024);
const GET = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n';

/** A target whose responses have a number of mebibytes, written as fast as they are read. */
async function respondingWith(mebibytes: number, idleTimeoutSeconds: number) {
  const responses: ServerResponse[] = [];
  const server = await serve((_, response) => {
    responses.push(response);
    let written = 0;
    const write = (): void => {
      while (written < mebibytes) {
        written += 1;
        if (!response.write(MEBIBYTE)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const balancer = await startBalancer({ idleTimeoutSeconds });
  await registered(balancer, [server]);
  return { balancer, responses };
}

async function connectTo(url: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('disconnects a client that has stopped reading after the idle timeout, and the target with it', async () => {
  const { balancer, responses } = await respondingWith(200, 0.2);
  const client = await connectTo(balancer.url);
  client.pause().write(GET);
  await eventually(() => responses[0]?.destroyed).toBe(true);
  expect(responses[0]!.writableFinished).toBe(false);
  await eventually(() => balancer.requestLog.read()).toMatchObject({ sentCount: 1, servedCount: 0, failures: { other: 1 } });
});

test('disconnects a client that sends requests without reading the responses', async () => {
  const { balancer, responses } = await respondingWith(1, 0.2);
  const client = await connectTo(balancer.url);
  client.pause().write(GET.repeat(100));
  await eventually(() => balancer.requestLog.read().failures.other).toBe(1);
  expect(responses.length).toBeLessThan(100);
});

test('serves a client that reads slowly but steadily', async () => {
  const { balancer } = await respondingWith(32, 1);
  const client = await connectTo(balancer.url);
  let [byteCount, isPausing] = [0, true];
  client.on('data', (chunk) => {
    byteCount += chunk.length;
    if (!isPausing) return;
    client.pause();
    setTimeout(() => client.resume(), 1);
  });
  const startMillis = performance.now();
  client.write(GET);
  await eventually(() => performance.now() - startMillis).toBeGreaterThan(1500);
  isPausing = false;
  client.resume();
  await eventually(() => byteCount).toBeGreaterThan(32 * MEBIBYTE.length);
  await eventually(() => balancer.requestLog.read()).toMatchObject({ sentCount: 1, servedCount: 1 });
});
