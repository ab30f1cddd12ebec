import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalTask } from '../../../rehearsal/fleet/local-task';
import { LoadBalancer } from '../../../rehearsal/load-balancer/local-load-balancer';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { processRuntimeOf } from '../process-runtime-of';

const MUST = 'a task must listen on the port in its variable PORT and respond 200 to GET /health, got';

/** The program of a server that responds to each request with a status. */
function server(status: number): string {
  return `require('http').createServer((_, answer) => answer.writeHead(${status}).end()).listen(process.env.PORT)`;
}

const clock = new SpedUpClock(60);
let balancer: LoadBalancer;

beforeAll(async () => {
  balancer = await LoadBalancer.start({ clock, healthCheck: DEFAULTS.healthCheck, initialHealthChecks: 1, port: 0 });
});

afterAll(async () => {
  clock.stop();
  await balancer.stop();
});

async function start(script: string, maxStartSeconds: number): Promise<LocalTask> {
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command);
  const task = new LocalTask({ clock, runtime, size: { cpu: 256, memoryMiB: 512 }, balancer, healthCheckPath: '/health', maxStartSeconds });
  await task.start();
  return task;
}

test('a task that passes its health checks becomes healthy, and stops without a trace', async () => {
  const task = await start(server(200), 30);
  await task.waitUntilHealthy();
  expect(balancer.healthyCount).toBe(1);
  expect(task.runningWallSeconds).toBeGreaterThan(0);
  await task.drainAndStop(0, 5);
  expect(balancer.healthyCount).toBe(0);
  expect(await task.exited).toMatchObject({ signal: 'SIGTERM' });
});

describe('a task that never becomes healthy has an error with the reason and its last output', () => {
  test.each<[string, string, string | RegExp]>([
    [
      'ends',
      'console.log("no database"); process.exitCode = 3',
      `${MUST} a process that ended with exit code 3\nits last lines:\nno database`,
    ],
    [
      'opens no port',
      'setInterval(() => {}, 1000)',
      /got a port that did not open in 2 seconds: nothing listens yet on port \d+, .*\nit wrote nothing$/,
    ],
    ['answers 404', server(404), /got GET \/health responded 404 for 2 seconds: .* --set healthCheck\.path=.*\nit wrote nothing$/],
  ])('one that %s', async (_, script, message) => {
    const task = await start(script, 2);
    await expect(task.waitUntilHealthy()).rejects.toThrowError(message);
    await task.drainAndStop(0, 0);
  });
});

describe('a task that starts has a progress step, with a hint', () => {
  test('one that opens no port', async () => {
    const task = await start('setInterval(() => {}, 1000)', 30);
    expect(task.startProgress).toEqual({
      name: 'waiting for the task to open its port',
      hint: expect.stringMatching(new RegExp(`nothing listens yet on port ${task.port}, the value of the variable PORT`)),
    });
    await task.drainAndStop(0, 0);
  });

  test('one whose health check path responds with 404 at first', async () => {
    const script = `let asked = 0; require('http').createServer((_, answer) => answer.writeHead(asked++ < 5 ? 404 : 200).end()).listen(process.env.PORT)`;
    const task = await start(script, 30);
    const healthy = task.waitUntilHealthy();
    await expect
      .poll(() => task.startProgress, { interval: 20 })
      .toMatchObject({
        name: 'waiting for GET /health to respond 200',
        latestResult: 'so far GET /health responded 404',
        hint: expect.stringContaining('--set healthCheck.path='),
      });
    await healthy;
    expect(task.startProgress).toBeUndefined();
    await task.drainAndStop(0, 0);
  });
});
