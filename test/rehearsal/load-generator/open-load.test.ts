import { expect, onTestFinished, test } from 'vitest';
import { OpenLoad } from '../../../rehearsal/load-generator/open-load';
import { percentileSeconds } from '../../../rehearsal/request-log/latency-histogram';
import { RequestLog } from '../../../rehearsal/request-log/request-log';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';
import { clientOf, type InProcessClient } from './in-process-client';

function loadOf(client: InProcessClient, paths: readonly string[] = ['/']): OpenLoad {
  const load = new OpenLoad(client.client, paths);
  onTestFinished(() => load.setRate(0));
  return load;
}

/** Blocks this process, as if the client were too busy. */
function block(seconds: number): void {
  const endMillis = performance.now() + seconds * 1000;
  while (performance.now() < endMillis);
}

test('sends the requests that are due, and counts those for which a busy machine left no time', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  const load = loadOf(client);
  const startMillis = performance.now();
  load.setRate(200);
  await eventually(() => client.counts().servedCount).toBeGreaterThanOrEqual(100);
  const min = 0.2 * (performance.now() - startMillis) - 1;
  load.setRate(0);
  const max = 0.2 * (performance.now() - startMillis) + 1;
  await client.client.waitForResponses(5);
  const { sentCount, servedCount, dueCount } = client.counts();
  expect(servedCount).toBe(sentCount);
  expect(dueCount).toBeGreaterThanOrEqual(Math.floor(min));
  expect(dueCount).toBeLessThanOrEqual(Math.ceil(max));
});

test('does not wait for responses', async () => {
  const { url, requests } = await serve(() => {});
  loadOf(clientOf(url)).setRate(500);
  await eventually(() => requests.length).toBeGreaterThan(50);
});

test('counts the latency of a request from when it was due', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  const load = loadOf(client);
  load.setRate(100);
  await eventually(() => client.counts().servedCount).toBeGreaterThan(0);
  block(0.5);
  await eventually(() => client.counts().servedCount).toBeGreaterThan(50);
  load.setRate(0);
  // about 50 requests were due while nothing could be sent, and waited for a quarter of a second on average.
  expect(client.counts().latencySeconds).toBeGreaterThan(10);
});

test('begins again after a pause, without requests for the pause', async () => {
  const client = clientOf((await serve(respondOk)).url);
  const load = loadOf(client);
  load.setRate(100);
  await eventually(() => client.counts().sentCount).toBeGreaterThan(2);
  load.setRate(0);
  const before = client.counts().sentCount;
  block(0.3);
  const startMillis = performance.now();
  load.setRate(100);
  await eventually(() => client.counts().sentCount).toBeGreaterThan(before + 5);
  expect(client.counts().sentCount - before).toBeLessThanOrEqual(0.1 * (performance.now() - startMillis) + 2);
});

test('keeps a low rate that is set again and again', async () => {
  const { url, requests } = await serve(respondOk);
  const load = loadOf(clientOf(url));
  const startMillis = performance.now();
  const again = setInterval(() => load.setRate(20), 5);
  onTestFinished(() => clearInterval(again));
  await eventually(() => requests.length).toBeGreaterThan(5);
  const seconds = (performance.now() - startMillis) / 1000;
  expect(requests.length).toBeLessThanOrEqual(20 * seconds + 2);
});

test('requests the paths in turn', async () => {
  const { url, requests } = await serve(respondOk);
  loadOf(clientOf(url), ['/a', '/b']).setRate(1000);
  await eventually(() => requests.length).toBeGreaterThanOrEqual(100);
  const requested = requests.map((request) => request.url);
  const first = requested.filter((path) => path === '/a').length;
  expect(Math.abs(2 * first - requested.length)).toBeLessThanOrEqual(20);
});

test('records how late requests were sent', async () => {
  const { url } = await serve(respondOk);
  const client = clientOf(url);
  const load = loadOf(client);
  load.setRate(100);
  await eventually(() => client.counts().servedCount).toBeGreaterThan(0);
  block(0.5);
  await eventually(() => client.counts().servedCount).toBeGreaterThan(50);
  load.setRate(0);
  expect(percentileSeconds(client.counts().latenessBuckets, 0.99)).toBeGreaterThan(0.4);
  // requests that are still held back on a busy machine are sent, too.
  await eventually(() => client.counts().dueCount - client.counts().sentCount).toBe(0);
});

test('counts the requests that it could not send, also after a change of the rate', async () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  const slow = {
    log,
    send: () => {
      log.recordRequest();
      block(0.005);
    },
  };
  const load = new OpenLoad(slow, ['/']);
  onTestFinished(() => load.setRate(0));
  load.setRate(1000);
  await eventually(() => log.read().sentCount).toBeGreaterThan(50);
  load.setRate(900);
  const { dueCount, sentCount } = log.read();
  expect(dueCount).toBeGreaterThan(2 * sentCount);
  load.setRate(0);
  expect(log.read().dueCount).toBeGreaterThanOrEqual(dueCount);
});
