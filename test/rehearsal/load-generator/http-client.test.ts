import { expect, test } from 'vitest';
import { freePort } from '../../../rehearsal/task-runtime/process/ports';
import { failedCount, NO_FAILURES } from '../../../src/run/failures';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';
import { clientOf, type InProcessClient } from './in-process-client';

function send({ client }: InProcessClient, latencyStartMillis = performance.now()): Promise<boolean> {
  return new Promise((resolve) => client.send({ path: '/page', latencyStartMillis, onEnd: resolve }));
}

test.each([200, 204, 404, 429])('counts %d as served', async (statusCode) => {
  const { url } = await serve((_, response) => void response.writeHead(statusCode).end());
  const client = clientOf(url);
  expect(await send(client)).toBe(true);
  expect(client.counts()).toMatchObject({ servedCount: 1, failures: NO_FAILURES });
});

test.each([
  [500, 'other'],
  [502, 'HTTP 502'],
  [503, 'HTTP 503'],
  [504, 'HTTP 504'],
])('counts %d as a failure', async (statusCode, kind) => {
  const { url } = await serve((_, response) => void response.writeHead(statusCode).end());
  const client = clientOf(url);
  expect(await send(client)).toBe(false);
  expect(client.counts()).toMatchObject({ servedCount: 0, latencySeconds: 0, failures: { [kind]: 1 } });
  expect(client.client.lastFailure).toBe(`GET /page responded ${statusCode}`);
});

test('reports why there was no response', async () => {
  const refused = clientOf(`http://127.0.0.1:${await freePort()}`);
  expect(await send(refused)).toBe(false);
  expect(refused.client.lastFailure).toBe('connection refused');

  const { url } = await serve((request) => void request.socket.resetAndDestroy());
  const reset = clientOf(url);
  expect(await send(reset)).toBe(false);
  expect(reset.client.lastFailure).toBe('connection reset');
});

test('the timeout of a response is the idle timeout of the load balancer', async () => {
  const { url } = await serve(() => {});
  const client = clientOf(url, 0.1);
  expect(await send(client)).toBe(false);
  expect(client.client.lastFailure).toBe('no response within 0.1 s');
});

test('counts the latency from the given time', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  await send(client, performance.now() - 7000);
  expect(client.counts().latencySeconds).toBeGreaterThan(7);
});

test('waits for the last responses, up to the given time', async () => {
  const { url, requests } = await serve(() => {});
  const client = clientOf(url);
  const sent = [send(client), send(client)];
  await eventually(() => requests.length).toBe(2);
  expect(await client.client.waitForResponses(0)).toBe(2);
  expect(await Promise.all(sent)).toEqual([false, false]);
  expect(failedCount(client.counts().failures)).toBe(2);
  expect(client.client.lastFailure).toBe('aborted before the response was complete');
});

test('a request beyond 10,000 concurrent ones fails at once', async () => {
  const client = clientOf(`http://127.0.0.1:${await freePort()}`);
  for (let request = 0; request < 10_000; request += 1) void send(client);
  expect(failedCount(client.counts().failures)).toBe(0);
  expect(await send(client)).toBe(false);
  expect(client.client.lastFailure).toBe('client limit of 10000 concurrent requests');
});
