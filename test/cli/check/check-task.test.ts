import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test as testInTurn } from 'vitest';
import type { CheckStatus } from '../../../cli/check/check-result';
import { CHECKS, checkTask, type NamedCheckResult } from '../../../cli/check/check-task';
import type { CheckOptions } from '../../../cli/check/checked-task';
import type { ContainerImage } from '../../../cli/check/container-image';
import { ProcessRuntime } from '../../../rehearsal/task-runtime/process/process-runtime';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';
import type { Plan } from '../../../src/plan/service-plan';
import { tasksLeft } from '../tasks-left';

/** Most of a check is waiting, so the tests run concurrently. */
const test = testInTurn.concurrent;

/** Marks the tasks of this test in a list of processes. */
const MARK = `checks-test-${process.pid}`;

/** With shorter timeouts than the defaults. */
const PLAN: Plan = {
  ...DEFAULT_PLAN,
  container: { ...DEFAULT_PLAN.container, stopTimeoutSeconds: 5 },
  healthCheck: { ...DEFAULT_PLAN.healthCheck, timeoutSeconds: 2 },
};

afterAll(() => expect(tasksLeft(MARK)).toEqual([]));

/** Runs these checks on a server, and the checks that they need. */
async function check(
  server: string,
  names: readonly string[],
  changes: Partial<Plan> = {},
  image: Partial<ContainerImage> = {},
  requested: Pick<CheckOptions, 'paths' | 'slowPath'> = { paths: ['/'], slowPath: '/slow' },
): Promise<readonly NamedCheckResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'checked-'));
  const words = [join(__dirname, 'servers', `${server}.cjs`), MARK];
  const command = { program: process.execPath, arguments: words, workingDirectory: folder, environment: {} };
  const options = {
    plan: { ...PLAN, ...changes },
    folder,
    ...requested,
    image: { isAsset: false, readonlyRootFilesystem: true, ...image },
    isThorough: false,
  };
  const wanted = ['listens on its port', 'becomes healthy within the grace period', ...names];
  const checks = CHECKS.filter(({ name }) => wanted.includes(name));
  const runtime = await ProcessRuntime.start(command, options.plan.task);
  try {
    return await checkTask(options, runtime, {}, checks);
  } finally {
    await runtime.stop();
    rmSync(folder, { recursive: true });
  }
}

type Row = readonly [server: string, check: string, status: CheckStatus, reason: RegExp];

test.each<Row>([
  ['ends-at-start', 'listens on its port', 'failed', /^it ended with exit code 3; last output: no database$/],
  ['listens-on-localhost', 'accepts connections from other hosts', 'failed', /connection refused at .* could not connect$/],
  ['fails-requests', 'responds to requests', 'failed', /^GET \/ responded 500$/],
  ['responds-404', 'responds to requests', 'warning', /^GET \/ responded 404: the load would test error responses only$/],
  ['fails-now-and-then', 'responds under load', 'failed', /^\d+ of \d+ requests, [\d.]+ %, failed: GET \/ responded 500$/],
  ['is-unhealthy-under-load', 'serves health checks under load', 'failed', /checks failed under .*GET \/health responded 503/],
  ['dies-under-load', 'serves health checks under load', 'failed', /too many open files/],
  ['leaks', 'keeps memory stable under load', 'failed', /full in \d+ s at this rate$|ECS kills|OutOfMemoryError/],
  [
    'closes-idle-connections',
    'keeps idle connections open',
    'failed',
    /^it closed an idle connection after \d\.\d s[,;] .* gets HTTP 502$/,
  ],
  [
    'closes-idle-connections-silently',
    'keeps idle connections open',
    'failed',
    /^it closed an idle connection after \d\.\d s[,;] .* gets HTTP 502$/,
  ],
  ['speaks-http-1.0', 'keeps idle connections open', 'warning', /^it closes each connection after one response, as HTTP\/1\.0 does: /],
  [
    'closes-after-20-requests',
    'responds under load',
    'failed',
    /^\d+ of \d+ requests, [\d.]+ %, failed: it closes a connection after 20 requests, without Connection: close in the last response/,
  ],
  ['ends-after-100-requests', 'responds under load', 'failed', /meanwhile the task ended with exit code 0/],
  ['goes-into-the-background', 'listens on its port', 'failed', /^it ended with exit code 0$/],
  [
    'ends-bodies-by-closing',
    'keeps idle connections open',
    'warning',
    /^it closes each connection after one response, which has neither a length nor chunks: /,
  ],
  ['closes-every-connection', 'keeps idle connections open', 'warning', /^it closes each connection after one response: every request/],
  [
    'dies-on-garbage',
    'survives malformed requests',
    'failed',
    /^after a request with bytes of TLS it ended with exit code 1; .*Parse Error/,
  ],
  [
    'hangs-on-half-a-body',
    'survives malformed requests',
    'failed',
    /^after a request with half of the body: GET \/health: no response within 2 s$/,
  ],
  ['refuses-long-headers', 'accepts long headers', 'warning', /^with a header of 10 KB it responded 431; /],
  [
    'exits-at-once',
    'completes requests when stopped',
    'failed',
    /^GET \/slow, under way for 0\.\d s at SIGTERM, was lost 0\.\d s later: connection /,
  ],
  ['has-no-handler', 'completes requests when stopped', 'failed', /^GET \/slow, under way for 0\.\d s at SIGTERM, was lost/],
  [
    'closes-under-requests',
    'closes connections when stopped',
    'warning',
    /^\d+ of \d+ requests (?:was|were) written on a kept connection just when the task closed it: .* HTTP 502\. How often: .* one in 10 stops loses one/,
  ],
  [
    'loses-sigterm-at-start',
    'can be stopped while it starts',
    'failed',
    /^SIGTERM \d\.\d s after its start was lost: it still ran 5 s later$/,
  ],
  ['writes-files', 'has a read-only root filesystem', 'warning', /^cache\.json changed in the folder of the program .* read-only$/],
])('finds the error of a server that %s: %s', async (server, name, status, reason) => {
  const results = await check(server, [name]);
  const found = results.find((result) => result.name === name)!;
  expect(found).toMatchObject({ status, reason: expect.stringMatching(reason), fix: expect.any(String) });
});

/** How long ECS would wait in these tests. */
const SHORT_WAIT: Partial<Plan> = {
  deployment: { ...PLAN.deployment, healthCheckGracePeriodSeconds: 3 },
  healthCheck: { ...PLAN.healthCheck, intervalSeconds: 1, unhealthyThresholdCount: 1 },
};

test.each<readonly [server: string, reason: RegExp, fix: RegExp]>([
  ['has-no-health', /^GET \/health responded 404 for \d+ s$/, /^respond to GET \/health with 200 .*--set healthCheck\.path=/],
  [
    'redirects-health-checks',
    /^GET \/health responded 301 for /,
    /^a health check is plain HTTP .* here to https:\/\/shop\.example\/health: exempt /,
  ],
  ['demands-credentials', /^GET \/health responded 401 for /, /^a health check has no credentials/],
  ['listens-on-another-port', /^it did not listen on port \d+, .*; it listens on 127\.0\.0\.1:\d+$/, /PORT, or put it into the command/],
  ['listens-on-ipv6-only', /^it did not listen on port \d+, .*; it listens on \[::\]:\d+$/, /^listen on all addresses of IPv4, /],
])('a server that %s is told what to do', async (server, reason, fix) => {
  const [first, second] = await check(server, [], SHORT_WAIT);
  expect(first!.status === 'failed' ? first : second).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(reason),
    fix: expect.stringMatching(fix),
  });
});

test('a server that responds 404 until it has loaded its application becomes healthy', async () => {
  const [, healthy] = await check('is-healthy-later', []);
  expect(healthy).toMatchObject({ status: 'ok', reason: expect.stringContaining('and until then GET /health responded 404') });
});

test('a server that exceeds its memory limit fails one check, with a fix', async () => {
  const results = await check('fills-its-memory', ['serves health checks under load', 'keeps memory stable under load']);
  const [killed, later] = results.slice(-2);
  expect(killed).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^meanwhile the task ended with exit code 137, OutOfMemoryError/),
    fix: expect.stringMatching(/^raise memoryLimitMiB.* or find what it retains of every request/),
  });
  expect(later).toMatchObject({ status: 'skipped', reason: 'the task had exited' });
});

test('a server that never listens fails one check; the others are skipped', async () => {
  const shortTimeouts = {
    deployment: { ...PLAN.deployment, healthCheckGracePeriodSeconds: 1 },
    healthCheck: { ...PLAN.healthCheck, intervalSeconds: 1, unhealthyThresholdCount: 1 },
  };
  const [listening, ...others] = await check('never-listens', ['responds to requests', 'exits within the stop timeout'], shortTimeouts);
  expect(listening).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^it did not listen on port \d+, .*warming up$/) });
  expect(others.map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
    'skipped: the task does not listen',
    'skipped: the task was never healthy',
    'skipped: the task was never healthy',
  ]);
});

test('a server that closes at once completes what is under way; that it refuses new connections is information', async () => {
  const results = await check('closes-at-once', ['completes requests when stopped', 'closes connections when stopped']);
  expect(results.slice(-2)).toMatchObject([
    { status: 'ok', reason: expect.stringMatching(/^GET \/slow, under way for 0\.\d s at SIGTERM, got its response 0\.\d s later$/) },
    {
      status: 'ok',
      reason: expect.stringMatching(/new connections were refused from .*; scale-in and deployments deregister a task first$/),
    },
  ]);
});

test('a named path that is not slow is said to be none, and is not asked for', async () => {
  const results = await check('correct', ['completes requests when stopped'], {}, {}, { paths: ['/'], slowPath: '/' });
  expect(results.at(-1)).toMatchObject({
    status: 'skipped',
    reason: expect.stringMatching(/^not tried: \/ of --slow-path responded 200 within \d\.\d\d s; name a path that takes more than 0\.3 s/),
  });
});

test('a slow path among those that are requested is found, also if no other check has requested it', async () => {
  const results = await check('exits-at-once', ['completes requests when stopped'], {}, {}, { paths: ['/', '/slow'] });
  expect(results.at(-1)).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^GET \/slow, under way for 0\.\d s at SIGTERM, was lost/),
  });
});

test('without an init process, a server without a handler would ignore SIGTERM', async () => {
  const withoutInit = { initProcessEnabled: false };
  const [ignoring, handling] = await Promise.all(
    ['has-no-handler', 'exits-at-once'].map(async (server) => (await check(server, ['ends as process 1'], {}, withoutInit)).at(-1)!),
  );
  expect(ignoring).toMatchObject({
    status: 'warning',
    reason: expect.stringMatching(/^as process 1 of a container it ignores SIGTERM.* killed at the stop timeout, after 5 s$/),
    fix: expect.stringMatching(/^set initProcessEnabled: true/),
  });
  expect(handling).toMatchObject({ status: 'ok', reason: 'as process 1 of a container it ends by SIGTERM with exit code 0' });
});

test('a server that ignores SIGTERM fails a check, though it completes its requests', async () => {
  const results = await check('ignores-sigterm', ['completes requests when stopped', 'exits within the stop timeout']);
  expect(results.slice(-2).map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
    expect.stringMatching(/^ok: GET \/slow, under way for 0\.\d s/),
    'failed: it still ran 5 s after SIGTERM, and was ended by SIGKILL',
  ]);
});

test('a correct server passes all checks that can run', async () => {
  const results = await check(
    'correct',
    CHECKS.map(({ name }) => name),
    { container: { ...PLAN.container, stopTimeoutSeconds: 30 } },
  );
  expect(results.filter(({ status }) => status !== 'ok').map(({ name, status }) => `${status}: ${name}`)).toEqual([
    'skipped: image matches the CPU architecture',
    'skipped: runs as a non-root user',
  ]);
});
