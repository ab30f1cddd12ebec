import type { RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { LoadGenerator } from '../../../rehearsal/load-generator/load-generator';
import { InputError } from '../../../src/parse/input-error';
import type { ClientMeasurements } from '../../../src/run/client';
import { NO_FAILURES } from '../../../src/run/failures';
import { eventually } from '../eventually';
import { respondOk, type SmallServer, serve } from '../small-server';

async function sendTo(
  respond: RequestListener,
  paths = ['/'],
  idleTimeoutSeconds?: number,
): Promise<{ generator: LoadGenerator; server: SmallServer }> {
  const server = await serve(respond);
  const generator = await LoadGenerator.start({ url: server.url, paths, idleTimeoutSeconds });
  onTestFinished(async () => void (await generator.stop()));
  return { generator, server };
}

const users = (value: number, thinkSeconds = 0) => ({ kind: 'users' as const, value, thinkSeconds });
/** The sum of a count over some readings. */
function totalOf(
  readings: readonly ClientMeasurements[],
  count: 'requests' | 'requiredRequests' | 'servedRequests' | 'latencySeconds',
): number {
  return readings.reduce((total, reading) => total + (reading[count] ?? 0), 0);
}

const rate = (value: number) => ({ kind: 'rps' as const, value, thinkSeconds: 0 });

test('sends requests at a rate', async () => {
  const { generator, server } = await sendTo(respondOk);
  const dueSince = (millis: number): number => (200 * (performance.now() - millis)) / 1000;
  const setMillis = performance.now();
  generator.setLoad(rate(200));
  // nothing is sent before the thread has loaded its program.
  await eventually(() => server.requests.length).toBeGreaterThan(0);
  const begunMillis = performance.now();
  await eventually(() => server.requests.length).toBeGreaterThanOrEqual(300);
  const min = dueSince(begunMillis);
  generator.setLoad(rate(0));
  await generator.stop();
  const { requests, servedRequests, inFlightRequests, users: present } = generator.takeMeasurements();
  expect(requests).toBeGreaterThan(0.9 * min);
  expect(requests).toBeLessThan(1.1 * dueSince(setMillis));
  expect({ requests, present }).toEqual({ requests: server.requests.length, present: undefined });
  expect({ servedRequests, inFlightRequests }).toEqual({ servedRequests: requests, inFlightRequests: 0 });
});

test('sends at a rate beside users, whom a slow server does not slow down', async () => {
  const { generator, server } = await sendTo((request, response) => {
    // the users wait for a response that never comes, those of the rate too: only the rate goes on.
    if (server.requests.length <= 50) return;
    respondOk(request, response);
  });
  generator.setLoad({ ...users(3), requestsPerSecondBeside: 100 });
  await eventually(() => server.requests.length).toBeGreaterThanOrEqual(40);
  expect(generator.takeMeasurements().users).toBe(3);
  generator.setLoad(users(0));
  await generator.stop();
});

test('a limit is for both: the rate comes first', async () => {
  const { generator, server } = await sendTo(respondOk);
  const setMillis = performance.now();
  generator.setLoad({ ...users(5), requestsPerSecondBeside: 200 }, 201);
  await eventually(() => server.requests.length).toBeGreaterThanOrEqual(200);
  generator.setLoad(users(0));
  await generator.stop();
  // without a limit the users would send thousands.
  expect(generator.takeMeasurements().requests).toBeLessThan(1.1 * 201 * ((performance.now() - setMillis) / 1000) + 10);
});

test('the timeout of a response is the idle timeout of the load balancer', async () => {
  const { generator } = await sendTo(() => {}, ['/'], 0.1);
  generator.setLoad(users(1));
  await eventually(() => generator.lastFailure).toBe('no response within 0.1 s');
});

test('reports how late requests were, and how many were not sent', async () => {
  const { generator } = await sendTo(respondOk);
  generator.setLoad(rate(100));
  // a request may be sent in one reading and served in the next.
  const readings = [generator.takeMeasurements()];
  await eventually(() => {
    readings.push(generator.takeMeasurements());
    return readings.at(-1)!.servedRequests;
  }).toBeGreaterThan(0);
  const late = readings.flatMap(({ p99SendDelayMillis }) => p99SendDelayMillis ?? []);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(late).not.toEqual([]);
  expect(totalOf(readings, 'requiredRequests')).toBeGreaterThanOrEqual(totalOf(readings, 'requests'));
  // more than any machine can generate.
  generator.setLoad(rate(5_000_000));
  await eventually(() => generator.shortfall).toMatch(
    /^this machine could not generate all of the traffic in time: it sent \d+ of \d+ requests/,
  );
  generator.setLoad(rate(0));
});

test('reads the counts since the previous reading', async () => {
  const { generator } = await sendTo(respondOk);
  generator.setLoad(users(4));
  let requests = 0;
  await eventually(() => {
    requests += generator.takeMeasurements().requests;
    return requests;
  }).toBeGreaterThan(100);
  generator.setLoad(users(0));
  await generator.stop();
  generator.takeMeasurements();
  expect(generator.takeMeasurements()).toMatchObject({
    requests: 0,
    servedRequests: 0,
    failures: NO_FAILURES,
    latencySeconds: 0,
    p50Millis: undefined,
    p95Millis: undefined,
  });
});

test('measures the latency of responses', async () => {
  const { generator } = await sendTo((_, response) => void setTimeout(() => response.end(), 100));
  generator.setLoad(users(5));
  const startMillis = performance.now();
  const readings = [generator.takeMeasurements()];
  await eventually(() => {
    readings.push(generator.takeMeasurements());
    return readings.at(-1)!.p50Millis;
  }).toBeDefined();
  const reading = readings.at(-1)!;
  expect(reading.users).toBe(5);
  expect(reading.p50Millis).toBeGreaterThan(0.98 * 99);
  expect(reading.p95Millis).toBeGreaterThanOrEqual(reading.p50Millis!);
  expect(totalOf(readings, 'latencySeconds') / totalOf(readings, 'servedRequests')).toBeGreaterThan(0.098);
  expect(reading.seconds).toBeLessThan((performance.now() - startMillis) / 1000);
});

test('counts failures and reports the last one', async () => {
  const { generator } = await sendTo((_, response) => void response.writeHead(503).end(), ['/search']);
  generator.setLoad(users(3));
  await eventually(() => generator.lastFailure).toBe('GET /search responded 503');
  generator.setLoad(users(0));
  await generator.stop();
  const { requests, servedRequests, failures } = generator.takeMeasurements();
  expect(requests).toBeGreaterThan(0);
  expect({ servedRequests, failures }).toEqual({ servedRequests: 0, failures: { ...NO_FAILURES, 'HTTP 503': requests } });
});

test('changes from users to a rate and back', async () => {
  const { generator, server } = await sendTo(respondOk, ['/a', '/b']);
  for (const arrival of [users(2, 0.01), rate(100), users(1, 0.01)]) {
    const before = server.requests.length;
    generator.setLoad(arrival);
    await eventually(() => server.requests.length).toBeGreaterThan(before + 10);
  }
});

test('limits the rate of users', async () => {
  const { generator, server } = await sendTo(respondOk);
  generator.setLoad(users(50), 100);
  const startMillis = performance.now();
  await eventually(() => server.requests.length).toBeGreaterThan(30);
  const seconds = (performance.now() - startMillis) / 1000;
  expect(server.requests.length).toBeLessThanOrEqual(100 * seconds + 10);
});

test('sends nothing after its stop, and waits for the last responses', async () => {
  const { generator, server } = await sendTo((_, response) => void setTimeout(() => response.end(), 50));
  generator.setLoad(users(10));
  await eventually(() => server.requests.length).toBeGreaterThan(20);
  expect(await generator.stop()).toEqual({ unfinishedRequests: 0 });
  expect(await generator.stop()).toEqual({ unfinishedRequests: 0 });
  const { requests, servedRequests } = generator.takeMeasurements();
  expect({ requests, servedRequests }).toEqual({ requests: server.requests.length, servedRequests: requests });
});

test('cuts off requests without a response', async () => {
  const { generator, server } = await sendTo(() => {});
  generator.setLoad(users(2));
  await eventually(() => server.requests.length).toBe(2);
  expect(await generator.stop()).toEqual({ unfinishedRequests: 2 });
  expect(generator.takeMeasurements()).toMatchObject({ requests: 2, failures: { other: 2 }, inFlightRequests: 0 });
});

test.each(['http://example.com', 'http://127.0.0.1.example.com:80', 'http://10.0.0.1:8080'])('does not send to %s', async (url) => {
  const started = LoadGenerator.start({ url, paths: ['/'] });
  await expect(started).rejects.toThrow(InputError);
  await expect(started).rejects.toThrow(`url must be on 127.0.0.1, got ${url}`);
});
