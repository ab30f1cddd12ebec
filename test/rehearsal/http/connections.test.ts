import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Connections } from '../../../rehearsal/http/connections';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';

function connectionsTo(url: string): Connections {
  const connections = new Connections(Number(new URL(url).port), 60_000);
  onTestFinished(() => connections.close());
  return connections;
}

const GET = { head: 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n', isHeadMethod: false, hasBody: false, isLast: false };

/**
 * Sends one request over a connection of its own, releases the connection, and returns the result.
 *
 * @param isSlow whether each part of the response pauses the connection, until more of it is to come.
 */
function send(connections: Connections, isSlow = false): Promise<string> {
  const connection = connections.take();
  return new Promise((resolve) => {
    const end = (result: string) => (): void => {
      connections.release(connection);
      resolve(result);
    };
    connection.send(GET, {
      readsHeaders: true,
      onSent: () => {},
      onResponseStart: () => {},
      onResponseData: () => isSlow && connection.pause(),
      onResponsePart: () => isSlow && setImmediate(() => connection.resume()),
      onDrain: () => {},
      onResponseEnd: end('served'),
      onResponseError: end('failed'),
    });
  });
}

test('opens as many connections as there are concurrent requests, and reuses them', async () => {
  const waiting: ServerResponse[] = [];
  const { url, server } = await serve((_, response) => void waiting.push(response));
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  const connections = connectionsTo(url);
  for (let round = 0; round < 3; round += 1) {
    const requests = [send(connections), send(connections)];
    expect(connections.inFlightCount).toBe(2);
    await eventually(() => waiting.length).toBe(2);
    for (const response of waiting.splice(0)) response.end();
    expect(await Promise.all(requests)).toEqual(['served', 'served']);
  }
  expect(opened).toBe(2);
  expect(connections.inFlightCount).toBe(0);
});

test('reports how long the oldest pending request has waited', async () => {
  const waiting: ServerResponse[] = [];
  const { url } = await serve((_, response) => void waiting.push(response));
  const connections = connectionsTo(url);
  expect(connections.longestInFlightSeconds).toBe(0);
  const first = send(connections);
  await eventually(() => waiting.length).toBe(1);
  const waited = connections.longestInFlightSeconds;
  expect(waited).toBeGreaterThan(0);
  const secondFromMillis = performance.now();
  const second = send(connections);
  expect(connections.longestInFlightSeconds).toBeGreaterThan(waited);
  await eventually(() => waiting.length).toBe(2);
  waiting[0]!.end();
  await first;
  expect(connections.longestInFlightSeconds).toBeLessThanOrEqual((performance.now() - secondFromMillis) / 1000);
  waiting[1]!.end();
  await second;
  expect(connections.longestInFlightSeconds).toBe(0);
});

test('notices that the server has closed a connection, and reopens it', async () => {
  const { url, server } = await serve(respondOk);
  const connections = connectionsTo(url);
  expect(await send(connections)).toBe('served');
  const connection = connections.take();
  connections.release(connection);
  expect(connection.isOpen).toBe(true);
  server.closeAllConnections();
  await eventually(() => connection.isOpen).toBe(false);
  expect(await send(connections)).toBe('served');
  expect(connection.isOpen).toBe(true);
});

test('is idle after the last request', async () => {
  const waiting: ServerResponse[] = [];
  const { url } = await serve((_, response) => void waiting.push(response));
  const connections = connectionsTo(url);
  await connections.waitUntilIdle();
  const request = send(connections);
  const idle = connections.waitUntilIdle().then(() => 'idle');
  await eventually(() => waiting.length).toBe(1);
  expect(await Promise.race([idle, Promise.resolve('busy')])).toBe('busy');
  waiting[0]!.end();
  expect(await idle).toBe('idle');
  expect(await request).toBe('served');
});

test('closing fails pending requests', async () => {
  const { url, requests } = await serve(() => {});
  const connections = connectionsTo(url);
  const request = send(connections);
  await eventually(() => requests.length).toBe(1);
  connections.close();
  expect(await request).toBe('failed');
});

test.each([20_000, 200_000])('a connection that the end of a response of %d bytes paused receives the next one', async (length) => {
  const { url, requests } = await serve((_, response) => void response.end('x'.repeat(length)));
  const connections = connectionsTo(url);
  for (let time = 0; time < 3; time += 1) expect(await send(connections, true)).toBe('served');
  expect(new Set(requests.map(({ socket }) => socket)).size).toBe(1);
});
