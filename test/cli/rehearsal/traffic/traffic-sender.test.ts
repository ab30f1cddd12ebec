import type { RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { TrafficSender } from '../../../../cli/rehearsal/traffic/traffic-sender';
import { InvalidInput } from '../../../../src/plan/invalid-input';
import type { ClientReading } from '../../../../src/scenario/client';
import { NO_FAILURES } from '../../../../src/scenario/failures';
import { eventually } from '../eventually';
import { answerOk, type SmallServer, serve } from '../small-server';

async function sendTo(
  answer: RequestListener,
  paths = ['/'],
  idleTimeoutSeconds?: number,
): Promise<{ sender: TrafficSender; server: SmallServer }> {
  const server = await serve(answer);
  const sender = await TrafficSender.start({ url: server.url, paths, idleTimeoutSeconds });
  onTestFinished(async () => void (await sender.stop()));
  return { sender, server };
}

const users = (value: number, thinkSeconds = 0) => ({ kind: 'users' as const, value, thinkSeconds });
/** What was counted in all of some readings together. */
function totalOf(readings: readonly ClientReading[], count: 'requests' | 'askedRequests' | 'servedRequests' | 'latencySeconds'): number {
  return readings.reduce((total, reading) => total + (reading[count] ?? 0), 0);
}

const rate = (value: number) => ({ kind: 'rps' as const, value, thinkSeconds: 0 });

test('sends requests at a rate', async () => {
  const { sender, server } = await sendTo(answerOk);
  const dueSince = (millis: number): number => (200 * (performance.now() - millis)) / 1000;
  const askedMillis = performance.now();
  sender.set(rate(200));
  // until its thread has read the program, nobody sends.
  await eventually(() => server.requests.length).toBeGreaterThan(0);
  const begunMillis = performance.now();
  await eventually(() => server.requests.length).toBeGreaterThanOrEqual(300);
  const least = dueSince(begunMillis);
  sender.set(rate(0));
  await sender.stop();
  const { requests, servedRequests, inFlightRequests, users: present } = sender.takeReading();
  expect(requests).toBeGreaterThan(0.9 * least);
  expect(requests).toBeLessThan(1.1 * dueSince(askedMillis));
  expect({ requests, present }).toEqual({ requests: server.requests.length, present: undefined });
  expect({ servedRequests, inFlightRequests }).toEqual({ servedRequests: requests, inFlightRequests: 0 });
});

test('waits for an answer as long as the load balancer does', async () => {
  const { sender } = await sendTo(() => {}, ['/'], 0.1);
  sender.set(users(1));
  await eventually(() => sender.lastFailure).toBe('no answer within 0.1 s');
});

test('says how late it was, and how much it did not make', async () => {
  const { sender } = await sendTo(answerOk);
  sender.set(rate(100));
  // a request may be sent in one reading and answered in the next.
  const readings = [sender.takeReading()];
  await eventually(() => {
    readings.push(sender.takeReading());
    return readings.at(-1)!.servedRequests;
  }).toBeGreaterThan(0);
  const late = readings.flatMap(({ lateMillis }) => lateMillis ?? []);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(late).not.toEqual([]);
  expect(totalOf(readings, 'askedRequests')).toBeGreaterThanOrEqual(totalOf(readings, 'requests'));
  // more than any machine makes.
  sender.set(rate(5_000_000));
  await eventually(() => sender.shortfall).toMatch(/^the traffic must be what this machine can make, got \d+ of \d+ requests/);
  sender.set(rate(0));
});

test('reads what was seen since the reading before', async () => {
  const { sender } = await sendTo(answerOk);
  sender.set(users(4));
  let requests = 0;
  await eventually(() => {
    requests += sender.takeReading().requests;
    return requests;
  }).toBeGreaterThan(100);
  sender.set(users(0));
  await sender.stop();
  sender.takeReading();
  expect(sender.takeReading()).toMatchObject({
    requests: 0,
    servedRequests: 0,
    failures: NO_FAILURES,
    latencySeconds: 0,
    p50Millis: undefined,
    p95Millis: undefined,
  });
});

test('measures how long answers take', async () => {
  const { sender } = await sendTo((_, response) => void setTimeout(() => response.end(), 100));
  sender.set(users(5));
  const startMillis = performance.now();
  const readings = [sender.takeReading()];
  await eventually(() => {
    readings.push(sender.takeReading());
    return readings.at(-1)!.p50Millis;
  }).toBeDefined();
  const reading = readings.at(-1)!;
  expect(reading.users).toBe(5);
  expect(reading.p50Millis).toBeGreaterThan(0.98 * 99);
  expect(reading.p95Millis).toBeGreaterThanOrEqual(reading.p50Millis!);
  expect(totalOf(readings, 'latencySeconds') / totalOf(readings, 'servedRequests')).toBeGreaterThan(0.098);
  expect(reading.seconds).toBeLessThan((performance.now() - startMillis) / 1000);
});

test('counts failures and tells the last of them', async () => {
  const { sender } = await sendTo((_, response) => void response.writeHead(503).end(), ['/search']);
  sender.set(users(3));
  await eventually(() => sender.lastFailure).toBe('GET /search answered 503');
  sender.set(users(0));
  await sender.stop();
  const { requests, servedRequests, failures } = sender.takeReading();
  expect(requests).toBeGreaterThan(0);
  expect({ servedRequests, failures }).toEqual({ servedRequests: 0, failures: { ...NO_FAILURES, 'HTTP 503': requests } });
});

test('changes from users to a rate and back', async () => {
  const { sender, server } = await sendTo(answerOk, ['/a', '/b']);
  for (const arrival of [users(2, 0.01), rate(100), users(1, 0.01)]) {
    const before = server.requests.length;
    sender.set(arrival);
    await eventually(() => server.requests.length).toBeGreaterThan(before + 10);
  }
});

test('keeps users to a limit', async () => {
  const { sender, server } = await sendTo(answerOk);
  sender.set(users(50), 100);
  const startMillis = performance.now();
  await eventually(() => server.requests.length).toBeGreaterThan(30);
  const seconds = (performance.now() - startMillis) / 1000;
  expect(server.requests.length).toBeLessThanOrEqual(100 * seconds + 10);
});

test('sends nothing after its stop, and lets the last requests finish', async () => {
  const { sender, server } = await sendTo((_, response) => void setTimeout(() => response.end(), 50));
  sender.set(users(10));
  await eventually(() => server.requests.length).toBeGreaterThan(20);
  expect(await sender.stop()).toEqual({ unansweredRequests: 0 });
  expect(await sender.stop()).toEqual({ unansweredRequests: 0 });
  const { requests, servedRequests } = sender.takeReading();
  expect({ requests, servedRequests }).toEqual({ requests: server.requests.length, servedRequests: requests });
});

test('gives up on requests that are never answered', async () => {
  const { sender, server } = await sendTo(() => {});
  sender.set(users(2));
  await eventually(() => server.requests.length).toBe(2);
  expect(await sender.stop()).toEqual({ unansweredRequests: 2 });
  expect(sender.takeReading()).toMatchObject({ requests: 2, failures: { other: 2 }, inFlightRequests: 0 });
});

test.each(['http://example.com', 'http://127.0.0.1.example.com:80', 'http://10.0.0.1:8080'])('refuses to send to %s', async (url) => {
  const started = TrafficSender.start({ url, paths: ['/'] });
  await expect(started).rejects.toThrow(InvalidInput);
  await expect(started).rejects.toThrow(`url must be on 127.0.0.1, got ${url}`);
});
