import { expect, onTestFinished, test } from 'vitest';
import { startHealthChecks } from '../../../rehearsal/load-balancer/health-checks';
import { freePort } from '../../../rehearsal/task-runtime/process/ports';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { eventually } from '../eventually';
import { serve } from '../small-server';

const CHECK = { path: '/health', intervalSeconds: 5, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 2 };

/** The results of the health checks of a port, on a clock of the given speed. */
function check(port: number, { timeoutSeconds = 2, speed = 100 } = {}): (string | undefined)[] {
  const results: (string | undefined)[] = [];
  const clock = new SpedUpClock(speed);
  const stop = startHealthChecks(clock, { port, healthCheck: { ...CHECK, timeoutSeconds } }, (failure) => results.push(failure));
  onTestFinished(() => {
    stop();
    clock.stop();
  });
  return results;
}

test('passes a target that responds 200', async () => {
  const results = check((await serve(() => {})).port);
  await eventually(() => results.slice(0, 2)).toEqual([undefined, undefined]);
});

test.each([204, 302, 404, 503])('fails a target that responds %d', async (statusCode) => {
  const { port } = await serve(
    () => {},
    (_, response) => response.writeHead(statusCode).end(),
  );
  const results = check(port);
  await eventually(() => results[0]).toBe(`GET /health responded ${statusCode}`);
});

test('fails a target that does not listen', async () => {
  const results = check(await freePort());
  await eventually(() => results[0]).toBe('connection refused');
});

test('fails a target that resets the connection', async () => {
  const { port } = await serve(
    () => {},
    (request) => request.socket.resetAndDestroy(),
  );
  const results = check(port);
  await eventually(() => results[0]).toBe('connection reset');
});

test('fails a target that closes the connection', async () => {
  const { port } = await serve(
    () => {},
    (request) => request.socket.destroy(),
  );
  const results = check(port);
  await eventually(() => results[0]).toBe('connection closed before the response was complete');
});

test('fails a target that does not respond in time, and sends it one check at a time', async () => {
  let checks = 0;
  const { port } = await serve(
    () => {},
    () => {
      checks += 1;
    },
  );
  const results = check(port, { timeoutSeconds: 0.2, speed: 1000 });
  await eventually(() => results.length).toBeGreaterThanOrEqual(2);
  expect(results[0]).toBe('no response within 0.2 s');
  expect(checks).toBeLessThanOrEqual(results.length + 1);
});

test('checks at once, and again only when the interval has passed on the scenario clock', async () => {
  const { port } = await serve(() => {});
  const slow = check(port, { speed: 0.01 });
  const fast = check(port, { speed: 500 });
  await eventually(() => fast.length).toBeGreaterThan(5);
  expect(slow).toEqual([undefined]);
});

test('opens a connection for each check', async () => {
  const { port, server } = await serve(() => {});
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const results = check(port);
  await eventually(() => results.length).toBeGreaterThanOrEqual(3);
  expect(connections).toBeGreaterThanOrEqual(3);
});

test('reports nothing once it is stopped', async () => {
  const results: unknown[] = [];
  const clock = new SpedUpClock(100);
  const { port } = await serve(() => {});
  const stop = startHealthChecks(clock, { port, healthCheck: CHECK }, (failure) => results.push(failure));
  stop();
  const others = check(port);
  await eventually(() => others.length).toBeGreaterThan(2);
  expect(results).toEqual([]);
});
