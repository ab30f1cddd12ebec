import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test as testInTurn } from 'vitest';
import { checkTask, type NamedFinding } from '../../../cli/check/check-task';
import { CHECKS } from '../../../cli/check/checks';
import type { ContainerImage } from '../../../cli/check/container-image';
import type { Verdict } from '../../../cli/check/finding';
import { planOfDefaults } from '../../../cli/plan-of-defaults';
import { ProcessRuntime } from '../../../cli/rehearsal/tasks/process-runtime';
import type { Plan } from '../../../src/plan/plan';
import { tasksLeft } from '../tasks-left';

/** Most of a check is waiting: several wait at once. */
const test = testInTurn.concurrent;

/** Tells the tasks of this test from others in a list of processes. */
const MARK = `checks-test-${process.pid}`;

const DEFAULT_PLAN = planOfDefaults('Service');

/** Gives up early on what will never be. */
const PLAN: Plan = {
  ...DEFAULT_PLAN,
  container: { ...DEFAULT_PLAN.container, stopTimeoutSeconds: 5 },
  healthCheck: { ...DEFAULT_PLAN.healthCheck, timeoutSeconds: 2 },
};

afterAll(() => expect(tasksLeft(MARK)).toEqual([]));

/** Tries these checks on a server, and what has to come before them. */
async function check(server: string, names: readonly string[], changes: Partial<Plan> = {}): Promise<readonly NamedFinding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'checked-'));
  const words = [join(__dirname, 'servers', `${server}.cjs`), MARK];
  const command = { program: process.execPath, arguments: words, workingDirectory: folder, environment: {} };
  const image: ContainerImage = { isAsset: false, hasReadOnlyRoot: true };
  const parts = { plan: { ...PLAN, ...changes }, folder, paths: ['/'], image, isThorough: false };
  const wanted = ['listens on its port', 'is healthy within its grace', ...names];
  const checks = CHECKS.filter(({ name }) => wanted.includes(name));
  const runtime = await ProcessRuntime.start(command, parts.plan.task);
  try {
    return await checkTask(parts, runtime, () => {}, checks);
  } finally {
    await runtime.stop();
    rmSync(folder, { recursive: true });
  }
}

type Row = readonly [server: string, check: string, verdict: Verdict, reason: RegExp];

test.each<Row>([
  ['ends-at-start', 'listens on its port', 'failed', /^it ended with exit code 3; its last lines: no database$/],
  ['has-no-health', 'is healthy within its grace', 'failed', /^GET \/health answered 404 for \d s$/],
  ['listens-on-localhost', 'is reached from outside', 'failed', /connection refused at .* could not connect$/],
  ['fails-requests', 'answers requests', 'failed', /^GET \/ answered 500$/],
  ['refuses-requests', 'answers requests', 'warning', /^GET \/ answered 404: under load it only refuses$/],
  ['fails-now-and-then', 'answers under load', 'failed', /^\d+ of \d+ requests, [\d.]+ %, failed: GET \/ answered 500$/],
  ['is-unhealthy-under-load', 'answers health under load', 'failed', /checks failed under .*GET \/health answered 503/],
  ['dies-under-load', 'answers health under load', 'failed', /too many open files/],
  ['leaks', 'keeps memory flat under load', 'failed', /full in \d+ s if it goes on$|ECS kills/],
  ['closes-idle-connections', 'keeps connections open', 'failed', /^it closed an idle connection after \d\.\d s, .* a 502$/],
  ['closes-idle-connections-silently', 'keeps connections open', 'failed', /^it closed an idle connection after \d\.\d s, .* a 502$/],
  ['closes-every-connection', 'keeps connections open', 'warning', /^it closes each connection after one answer/],
  ['dies-on-garbage', 'survives malformed requests', 'failed', /^after garbage it ended with exit code 1; .*Parse Error/],
  ['hangs-on-half-a-body', 'survives malformed requests', 'failed', /^after half a body: GET \/health: no answer within 2 s$/],
  ['exits-at-once', 'loses nothing when stopped', 'failed', /^after SIGTERM \d+ requests that it had been sent got no answer/],
  ['closes-at-once', 'loses nothing when stopped', 'warning', /^what it had been sent was answered, but .* it refused new connections/],
  ['writes-files', 'has a read-only root', 'warning', /^cache\.json changed in the folder of the program .* read-only$/],
])('a server that %s is caught: %s', async (server, name, verdict, reason) => {
  const findings = await check(server, [name]);
  const found = findings.find((finding) => finding.name === name)!;
  expect(found).toMatchObject({ verdict, reason: expect.stringMatching(reason), fix: expect.any(String) });
});

test('a server that was killed for its memory is told what to do about that, and once', async () => {
  const findings = await check('fills-its-memory', ['answers health under load', 'keeps memory flat under load']);
  const [killed, later] = findings.slice(-2);
  expect(killed).toMatchObject({
    verdict: 'failed',
    reason: expect.stringMatching(/^meanwhile the task ended with exit code 137, OutOfMemoryError/),
    fix: expect.stringMatching(/^raise memoryLimitMiB.* or find what it keeps of every request/),
  });
  expect(later).toMatchObject({ verdict: 'not tried', reason: 'the task had ended' });
});

test('a server that never listens is caught, and nothing else is said of it', async () => {
  const impatient = {
    deployment: { ...PLAN.deployment, healthCheckGracePeriodSeconds: 1 },
    healthCheck: { ...PLAN.healthCheck, intervalSeconds: 1, unhealthyThresholdCount: 1 },
  };
  const [listening, ...others] = await check('never-listens', ['answers requests', 'ends before it is killed'], impatient);
  expect(listening).toMatchObject({ verdict: 'failed', reason: expect.stringMatching(/^it did not listen on port \d+, .*warming up$/) });
  expect(others.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
    'not tried: the task does not listen',
    'not tried: the task was never healthy',
    'not tried: the task was not told to stop',
  ]);
});

test('what a server fails at all times, it does not lose by being stopped', async () => {
  const findings = await check('fails-now-and-then', ['loses nothing when stopped']);
  expect(findings.at(-1)).toMatchObject({ verdict: 'ok', reason: 'every request was answered, for 3 s after SIGTERM' });
});

test('a server that ignores SIGTERM is caught, though it loses no request', async () => {
  const findings = await check('ignores-sigterm', ['loses nothing when stopped', 'ends before it is killed']);
  expect(findings.slice(-2).map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
    'ok: every request was answered, for 3 s after SIGTERM',
    'failed: it still ran 5 s after SIGTERM, and was killed with what it was doing',
  ]);
});

test('a fit server passes all that can be tried', async () => {
  const findings = await check(
    'fit',
    CHECKS.map(({ name }) => name),
    { container: { ...PLAN.container, stopTimeoutSeconds: 30 } },
  );
  expect(findings.filter(({ verdict }) => verdict !== 'ok').map(({ name, verdict }) => `${verdict}: ${name}`)).toEqual([
    'not tried: fits the processor',
    'not tried: runs without root',
  ]);
});
