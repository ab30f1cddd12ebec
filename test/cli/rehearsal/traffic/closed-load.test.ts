import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { failedCount, NO_FAILURES } from '../../../../src/scenario/failures';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { clientOf, usersOf } from './in-process-client';

/** A server that answers when the test says so. */
async function serveWaiting() {
  const waiting: ServerResponse[] = [];
  const server = await serve((_, response) => void waiting.push(response));
  const answer = (count: number): void => {
    for (const response of waiting.splice(0, count)) response.end();
  };
  return { ...server, waiting, answer };
}

test('each user waits for an answer before the next request', async () => {
  const { url, requests, waiting, answer } = await serveWaiting();
  usersOf(clientOf(url)).set({ count: 3, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(3);
  answer(1);
  await eventually(() => requests.length).toBe(4);
  answer(3);
  await eventually(() => requests.length).toBe(7);
});

test('new users start at once, and those too many leave when they have their answer', async () => {
  const { url, requests, waiting, answer } = await serveWaiting();
  const client = clientOf(url);
  const users = usersOf(client);
  users.set({ count: 2, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(2);
  users.set({ count: 5, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(5);
  users.set({ count: 1, thinkSeconds: 0 });
  answer(5);
  await eventually(() => waiting.length).toBe(1);
  users.set({ count: 0, thinkSeconds: 0 });
  answer(1);
  expect(await client.asker.finish(5)).toBe(0);
  expect(requests.length).toBe(6);
  expect(client.counts()).toMatchObject({ answered: 6, failures: NO_FAILURES });
});

test('users think between an answer and the next request', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).set({ count: 10, thinkSeconds: 0.1 });
  await eventually(() => client.counts().answered).toBeGreaterThan(30);
  const seconds = (performance.now() - beforeMillis) / 1000;
  // each of them asks at most once at the start and once more for each pause.
  expect(client.counts().answered).toBeLessThanOrEqual(10 * (seconds / 0.1 + 1));
});

test('users who come together do not ask in step', async () => {
  const { url, requests } = await serve(answerOk);
  const users = usersOf(clientOf(url));
  users.set({ count: 100, thinkSeconds: 5 });
  await eventually(() => requests.length).toBeGreaterThan(10);
  expect(requests.length).toBeLessThan(100);
});

test('users who think leave at once', async () => {
  const { url, requests } = await serve(answerOk);
  const client = clientOf(url);
  const users = usersOf(client);
  users.set({ count: 50, thinkSeconds: 1000 });
  await eventually(() => requests.length).toBe(1);
  users.set({ count: 0, thinkSeconds: 0 });
  expect(await client.asker.finish(5)).toBe(0);
  expect(requests.length).toBe(1);
});

test('each user begins with another path and takes them in turn', async () => {
  const { url, requests, waiting, answer } = await serveWaiting();
  usersOf(clientOf(url), ['/a', '/b', '/c']).set({ count: 3, thinkSeconds: 0 });
  const asked = (): (string | undefined)[] => requests.map((request) => request.url).sort();
  await eventually(() => waiting.length).toBe(3);
  expect(asked()).toEqual(['/a', '/b', '/c']);
  answer(3);
  await eventually(asked).toEqual(['/a', '/a', '/b', '/b', '/c', '/c']);
});

test('a user whose request failed pauses before the next one', async () => {
  const { url } = await serve((_, response) => void response.writeHead(503).end());
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).set({ count: 5, thinkSeconds: 0 });
  await eventually(() => failedCount(client.counts().failures)).toBeGreaterThan(10);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(failedCount(client.counts().failures)).toBeLessThanOrEqual(5 * (seconds / 0.1 + 1));
});

test('users together keep to a limit', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).set({ count: 20, thinkSeconds: 0, limitRequestsPerSecond: 100 });
  await eventually(() => client.counts().answered).toBeGreaterThan(30);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(client.counts().answered).toBeLessThanOrEqual(100 * seconds + 1);
});
