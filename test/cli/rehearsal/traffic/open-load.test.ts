import { expect, onTestFinished, test } from 'vitest';
import { percentileSeconds } from '../../../../cli/rehearsal/traffic/latency-histogram';
import { OpenLoad } from '../../../../cli/rehearsal/traffic/open-load';
import { TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { clientOf, type InProcessClient } from './in-process-client';

function loadOf(client: InProcessClient, paths: readonly string[] = ['/']): OpenLoad {
  const load = new OpenLoad(client.asker, paths);
  onTestFinished(() => load.set(0));
  return load;
}

/** Holds up everything in this process, as a client that is too busy would be. */
function holdUp(seconds: number): void {
  const endMillis = performance.now() + seconds * 1000;
  while (performance.now() < endMillis);
}

test('sends as many requests as are due', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  const load = loadOf(client);
  const startMillis = performance.now();
  load.set(200);
  await eventually(() => client.counts().answered).toBeGreaterThanOrEqual(100);
  const least = 0.2 * (performance.now() - startMillis) - 1;
  load.set(0);
  const most = 0.2 * (performance.now() - startMillis) + 1;
  await client.asker.finish(5);
  expect(client.counts().answered).toBeGreaterThanOrEqual(Math.floor(least));
  expect(client.counts().answered).toBeLessThanOrEqual(Math.ceil(most));
});

test('does not wait for answers', async () => {
  const { url, requests } = await serve(() => {});
  loadOf(clientOf(url)).set(500);
  await eventually(() => requests.length).toBeGreaterThan(50);
});

test('counts the latency of a request from the moment it was due', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  const load = loadOf(client);
  load.set(100);
  await eventually(() => client.counts().answered).toBeGreaterThan(0);
  holdUp(0.5);
  await eventually(() => client.counts().answered).toBeGreaterThan(50);
  load.set(0);
  // some 50 requests were due while nothing could be sent, and waited for a quarter of a second on average.
  expect(client.counts().latencySeconds).toBeGreaterThan(10);
});

test('begins again after a pause, and makes nothing up', async () => {
  const client = clientOf((await serve(answerOk)).url);
  const load = loadOf(client);
  load.set(100);
  await eventually(() => client.counts().sent).toBeGreaterThan(2);
  load.set(0);
  const before = client.counts().sent;
  holdUp(0.3);
  const startMillis = performance.now();
  load.set(100);
  await eventually(() => client.counts().sent).toBeGreaterThan(before + 5);
  expect(client.counts().sent - before).toBeLessThanOrEqual(0.1 * (performance.now() - startMillis) + 2);
});

test('keeps to a low rate however often it is set', async () => {
  const { url, requests } = await serve(answerOk);
  const load = loadOf(clientOf(url));
  const startMillis = performance.now();
  const again = setInterval(() => load.set(20), 5);
  onTestFinished(() => clearInterval(again));
  await eventually(() => requests.length).toBeGreaterThan(5);
  const seconds = (performance.now() - startMillis) / 1000;
  expect(requests.length).toBeLessThanOrEqual(20 * seconds + 2);
});

test('takes the paths in turn', async () => {
  const { url, requests } = await serve(answerOk);
  loadOf(clientOf(url), ['/a', '/b']).set(1000);
  await eventually(() => requests.length).toBeGreaterThanOrEqual(100);
  const asked = requests.map((request) => request.url);
  const first = asked.filter((path) => path === '/a').length;
  expect(Math.abs(2 * first - asked.length)).toBeLessThanOrEqual(20);
});

test('says how late it was with its requests', async () => {
  const { url } = await serve(answerOk);
  const client = clientOf(url);
  const load = loadOf(client);
  load.set(100);
  await eventually(() => client.counts().answered).toBeGreaterThan(0);
  holdUp(0.5);
  await eventually(() => client.counts().answered).toBeGreaterThan(50);
  load.set(0);
  const { lateBuckets, asked, sent } = client.counts();
  expect(percentileSeconds(lateBuckets, 0.99)).toBeGreaterThan(0.4);
  expect(asked).toBe(sent);
});

test('counts what it does not get to, and forgets none of it when the rate changes', async () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  const slow = {
    record,
    ask: () => {
      record.question();
      holdUp(0.005);
    },
  };
  const load = new OpenLoad(slow, ['/']);
  onTestFinished(() => load.set(0));
  load.set(1000);
  await eventually(() => record.read().sent).toBeGreaterThan(50);
  load.set(900);
  const { asked, sent } = record.read();
  expect(asked).toBeGreaterThan(2 * sent);
  load.set(0);
  expect(record.read().asked).toBeGreaterThanOrEqual(asked);
});
