import { expect, test } from 'vitest';
import { freePort } from '../../../../cli/rehearsal/tasks/free-port';
import { failedCount, NO_FAILURES } from '../../../../src/scenario/failures';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { clientOf, type InProcessClient } from './in-process-client';

function ask({ asker }: InProcessClient, sinceMillis = performance.now()): Promise<boolean> {
  return new Promise((resolve) => asker.ask({ path: '/page', sinceMillis, onOver: resolve }));
}

test.each([200, 204, 404, 429])('takes %d for an answer', async (statusCode) => {
  const { url } = await serve((_, response) => void response.writeHead(statusCode).end());
  const client = clientOf(url);
  expect(await ask(client)).toBe(true);
  expect(client.counts()).toMatchObject({ answered: 1, failures: NO_FAILURES });
});

test.each([
  [500, 'other'],
  [502, 'HTTP 502'],
  [503, 'HTTP 503'],
  [504, 'HTTP 504'],
])('takes %d for a failure', async (statusCode, kind) => {
  const { url } = await serve((_, response) => void response.writeHead(statusCode).end());
  const client = clientOf(url);
  expect(await ask(client)).toBe(false);
  expect(client.counts()).toMatchObject({ answered: 0, latencySeconds: 0, failures: { [kind]: 1 } });
  expect(client.asker.lastFailure).toBe(`GET /page answered ${statusCode}`);
});

test('says why there was no answer', async () => {
  const refused = clientOf(`http://127.0.0.1:${await freePort()}`);
  expect(await ask(refused)).toBe(false);
  expect(refused.asker.lastFailure).toBe('connection refused');

  const { url } = await serve((request) => void request.socket.resetAndDestroy());
  const reset = clientOf(url);
  expect(await ask(reset)).toBe(false);
  expect(reset.asker.lastFailure).toBe('connection reset');
});

test('waits for an answer as long as the load balancer does', async () => {
  const { url } = await serve(() => {});
  const client = clientOf(url, 0.1);
  expect(await ask(client)).toBe(false);
  expect(client.asker.lastFailure).toBe('no answer within 0.1 s');
});

test('counts the latency from when it was told', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  await ask(client, performance.now() - 7000);
  expect(client.counts().latencySeconds).toBeGreaterThan(7);
});

test('waits for the last answers, and no longer than it is told', async () => {
  const { url, requests } = await serve(() => {});
  const client = clientOf(url);
  const asked = [ask(client), ask(client)];
  await eventually(() => requests.length).toBe(2);
  expect(await client.asker.finish(0)).toBe(2);
  expect(await Promise.all(asked)).toEqual([false, false]);
  expect(failedCount(client.counts().failures)).toBe(2);
  expect(client.asker.lastFailure).toBe('given up before the answer was complete');
});

test('fails at once what goes beyond 10,000 requests at a time', async () => {
  const client = clientOf(`http://127.0.0.1:${await freePort()}`);
  for (let request = 0; request < 10_000; request += 1) void ask(client);
  expect(failedCount(client.counts().failures)).toBe(0);
  expect(await ask(client)).toBe(false);
  expect(client.asker.lastFailure).toBe('client limit of 10000 requests at a time');
});
