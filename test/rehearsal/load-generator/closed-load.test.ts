import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { failedCount, NO_FAILURES } from '../../../src/run/failures';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';
import { clientOf, usersOf } from './in-process-client';

/** A server that responds when the test calls `respond`. */
async function serveWaiting() {
  const waiting: ServerResponse[] = [];
  const server = await serve((_, response) => void waiting.push(response));
  const respond = (count: number): void => {
    for (const response of waiting.splice(0, count)) response.end();
  };
  return { ...server, waiting, respond };
}

test('each user waits for a response before the next request', async () => {
  const { url, requests, waiting, respond } = await serveWaiting();
  usersOf(clientOf(url)).setUsers({ count: 3, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(3);
  respond(1);
  await eventually(() => requests.length).toBe(4);
  respond(3);
  await eventually(() => requests.length).toBe(7);
});

test('new users start at once, and surplus users leave after their response', async () => {
  const { url, requests, waiting, respond } = await serveWaiting();
  const client = clientOf(url);
  const users = usersOf(client);
  users.setUsers({ count: 2, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(2);
  users.setUsers({ count: 5, thinkSeconds: 0 });
  await eventually(() => waiting.length).toBe(5);
  users.setUsers({ count: 1, thinkSeconds: 0 });
  respond(5);
  await eventually(() => waiting.length).toBe(1);
  users.setUsers({ count: 0, thinkSeconds: 0 });
  respond(1);
  expect(await client.client.waitForResponses(5)).toBe(0);
  expect(requests.length).toBe(6);
  expect(client.counts()).toMatchObject({ servedCount: 6, failures: NO_FAILURES });
});

test('users think between a response and the next request', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).setUsers({ count: 10, thinkSeconds: 0.1 });
  await eventually(() => client.counts().servedCount).toBeGreaterThan(30);
  const seconds = (performance.now() - beforeMillis) / 1000;
  // each user sends at most one request at the start and one more for each pause.
  expect(client.counts().servedCount).toBeLessThanOrEqual(10 * (seconds / 0.1 + 1));
});

test('users who start together send requests at different moments', async () => {
  const { url, requests } = await serve(respondOk);
  const users = usersOf(clientOf(url));
  users.setUsers({ count: 100, thinkSeconds: 5 });
  await eventually(() => requests.length).toBeGreaterThan(10);
  expect(requests.length).toBeLessThan(100);
});

test('thinking users leave at once', async () => {
  const { url, requests } = await serve(respondOk);
  const client = clientOf(url);
  const users = usersOf(client);
  users.setUsers({ count: 50, thinkSeconds: 1000 });
  await eventually(() => requests.length).toBe(1);
  users.setUsers({ count: 0, thinkSeconds: 0 });
  expect(await client.client.waitForResponses(5)).toBe(0);
  expect(requests.length).toBe(1);
});

test('each user begins with another path and requests the paths in turn', async () => {
  const { url, requests, waiting, respond } = await serveWaiting();
  usersOf(clientOf(url), ['/a', '/b', '/c']).setUsers({ count: 3, thinkSeconds: 0 });
  const requested = (): (string | undefined)[] => requests.map((request) => request.url).sort();
  await eventually(() => waiting.length).toBe(3);
  expect(requested()).toEqual(['/a', '/b', '/c']);
  respond(3);
  await eventually(requested).toEqual(['/a', '/a', '/b', '/b', '/c', '/c']);
});

test('a user whose request failed pauses before the next one', async () => {
  const { url } = await serve((_, response) => void response.writeHead(503).end());
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).setUsers({ count: 5, thinkSeconds: 0 });
  await eventually(() => failedCount(client.counts().failures)).toBeGreaterThan(10);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(failedCount(client.counts().failures)).toBeLessThanOrEqual(5 * (seconds / 0.1 + 1));
});

test('the limit applies to all users together', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  const beforeMillis = performance.now();
  usersOf(client).setUsers({ count: 20, thinkSeconds: 0, limitRequestsPerSecond: 100 });
  await eventually(() => client.counts().servedCount).toBeGreaterThan(30);
  const seconds = (performance.now() - beforeMillis) / 1000;
  expect(client.counts().servedCount).toBeLessThanOrEqual(100 * seconds + 1);
});
