import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Connections } from '../../../cli/rehearsal/connections';
import { eventually } from './eventually';
import { answerOk, serve } from './small-server';

function connectionsTo(url: string): Connections {
  const connections = new Connections(url, 60_000);
  onTestFinished(() => connections.close());
  return connections;
}

/** Sends one request over a connection of its own, gives the connection back, and says how the request fared. */
function send(connections: Connections): Promise<string> {
  const connection = connections.take();
  return new Promise((resolve) => {
    const over = (how: string) => (): void => {
      connections.give(connection);
      resolve(how);
    };
    connection.send(
      { method: 'GET', path: '/' },
      {
        onRequestStart: () => {},
        onResponseStart: () => {},
        onResponseData: () => {},
        onResponseEnd: over('answered'),
        onResponseError: over('failed'),
      },
    );
  });
}

test('opens as many connections as there are requests at a time, and uses them again', async () => {
  const waiting: ServerResponse[] = [];
  const { url, server } = await serve((_, response) => void waiting.push(response));
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  const connections = connectionsTo(url);
  for (let round = 0; round < 3; round += 1) {
    const requests = [send(connections), send(connections)];
    expect(connections.busyCount).toBe(2);
    await eventually(() => waiting.length).toBe(2);
    for (const response of waiting.splice(0)) response.end();
    expect(await Promise.all(requests)).toEqual(['answered', 'answered']);
  }
  expect(opened).toBe(2);
  expect(connections.busyCount).toBe(0);
});

test('knows how long the request that waits longest has waited', async () => {
  const waiting: ServerResponse[] = [];
  const { url } = await serve((_, response) => void waiting.push(response));
  const connections = connectionsTo(url);
  expect(connections.longestBusySeconds).toBe(0);
  const first = send(connections);
  await eventually(() => waiting.length).toBe(1);
  const waited = connections.longestBusySeconds;
  expect(waited).toBeGreaterThan(0);
  const secondFromMillis = performance.now();
  const second = send(connections);
  expect(connections.longestBusySeconds).toBeGreaterThan(waited);
  await eventually(() => waiting.length).toBe(2);
  waiting[0]!.end();
  await first;
  expect(connections.longestBusySeconds).toBeLessThanOrEqual((performance.now() - secondFromMillis) / 1000);
  waiting[1]!.end();
  await second;
  expect(connections.longestBusySeconds).toBe(0);
});

test('knows when its server has closed a connection, and opens it anew', async () => {
  const { url, server } = await serve(answerOk);
  const connections = connectionsTo(url);
  expect(await send(connections)).toBe('answered');
  const connection = connections.take();
  connections.give(connection);
  expect(connection.isOpen).toBe(true);
  server.closeAllConnections();
  await eventually(() => connection.isOpen).toBe(false);
  expect(await send(connections)).toBe('answered');
  expect(connection.isOpen).toBe(true);
});

test('is idle when the last request is over', async () => {
  const waiting: ServerResponse[] = [];
  const { url } = await serve((_, response) => void waiting.push(response));
  const connections = connectionsTo(url);
  await connections.whenIdle();
  const request = send(connections);
  const idle = connections.whenIdle().then(() => 'idle');
  await eventually(() => waiting.length).toBe(1);
  expect(await Promise.race([idle, Promise.resolve('busy')])).toBe('busy');
  waiting[0]!.end();
  expect(await idle).toBe('idle');
  expect(await request).toBe('answered');
});

test('fails what waits for an answer when it is closed', async () => {
  const { url, requests } = await serve(() => {});
  const connections = connectionsTo(url);
  const request = send(connections);
  await eventually(() => requests.length).toBe(1);
  connections.close();
  expect(await request).toBe('failed');
});
