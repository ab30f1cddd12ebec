import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoadBalancer } from '../../../cli/rehearsal/load-balancer/load-balancer';
import { RehearsedTask } from '../../../cli/rehearsal/rehearsed-task';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { WallTime } from '../../../src/time/wall-time';
import { processRuntimeOf } from './process-runtime-of';

const MUST = 'a task must listen on the port that PORT names and answer GET /health with 200, got';

/** A server in one line that answers each request with a status. */
function server(status: number): string {
  return `require('http').createServer((_, answer) => answer.writeHead(${status}).end()).listen(process.env.PORT)`;
}

const time = new WallTime(60);
let balancer: LoadBalancer;

beforeAll(async () => {
  balancer = await LoadBalancer.start({ time, healthCheck: DEFAULTS.healthCheck, initialHealthChecks: 1, port: 0 });
});

afterAll(async () => {
  time.stop();
  await balancer.stop();
});

async function start(script: string, startLimitSeconds: number): Promise<RehearsedTask> {
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command);
  return RehearsedTask.start({ runtime, balancer, healthCheckPath: '/health', startLimitSeconds }, () => {});
}

test('a task that answers its health checks becomes healthy, and leaves without a trace', async () => {
  const task = await start(server(200), 30);
  await task.untilHealthy();
  expect(balancer.healthyCount).toBe(1);
  expect(task.ranSeconds).toBeGreaterThan(0);
  await task.leave(0, 5);
  expect(balancer.healthyCount).toBe(0);
  expect(await task.exited).toMatchObject({ signal: 'SIGTERM' });
});

describe('a task that never becomes healthy says why, with its last words', () => {
  test.each<[string, string, string | RegExp]>([
    [
      'ends',
      'console.log("no database"); process.exitCode = 3',
      `${MUST} a process that ended with exit code 3\nits last lines:\nno database`,
    ],
    [
      'opens no port',
      'setInterval(() => {}, 1000)',
      /got a port that did not open in 2 seconds: nothing listens on port \d+ yet, .*\nit wrote nothing$/,
    ],
    ['answers 404', server(404), /got GET \/health answered 404 for 2 seconds: .* --set healthCheck\.path=.*\nit wrote nothing$/],
  ])('one that %s', async (_, script, sentence) => {
    const task = await start(script, 2);
    await expect(task.untilHealthy()).rejects.toThrowError(sentence);
    await task.leave(0, 0);
  });
});

describe('while a task starts, it says what that waits for, and what may be wrong', () => {
  test('one that opens no port', async () => {
    const task = await start('setInterval(() => {}, 1000)', 30);
    expect(task.startPhase).toEqual({
      name: 'waiting for the task to open its port',
      hint: expect.stringMatching(new RegExp(`nothing listens on port ${task.process.port} yet, which PORT names`)),
    });
    await task.leave(0, 0);
  });

  test('one whose health is not there, until it is', async () => {
    const script = `let asked = 0; require('http').createServer((_, answer) => answer.writeHead(asked++ < 5 ? 404 : 200).end()).listen(process.env.PORT)`;
    const task = await start(script, 30);
    const healthy = task.untilHealthy();
    await expect
      .poll(() => task.startPhase, { interval: 20 })
      .toMatchObject({
        name: 'waiting for GET /health to answer 200',
        soFar: 'so far GET /health answered 404',
        hint: expect.stringContaining('--set healthCheck.path='),
      });
    await healthy;
    expect(task.startPhase).toBeUndefined();
    await task.leave(0, 0);
  });
});
