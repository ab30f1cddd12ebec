import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { descendantsOf, processState } from '../../rehearsal/task-runtime/process-state';
import { COMMAND, runCommand } from '../run-command';
import { tasksLeft } from '../tasks-left';

/** Marks the tasks of this test in a list of processes. */
const MARK = `check-command-test-${process.pid}`;

afterEach(() => expect(tasksLeft(MARK)).toEqual([]));

function commandOf(server: string): string {
  return `node ${join(__dirname, '..', 'check', 'servers', `${server}.cjs`)} ${MARK}`;
}

test('the reference service passes all checks that can run, and ends with the command', async () => {
  const started = new Set<number>();
  const { exitCode, stdout, stderr } = await runCommand(['check'], __dirname, (processId) => {
    for (const descendant of descendantsOf(processId)) started.add(descendant);
  });
  const table = stdout.split('\n').filter((line) => /^ {2}(ok|warning|failed|skipped) /.test(line));
  expect(table.filter((line) => !line.startsWith('  ok '))).toEqual([
    '  skipped  completes requests when stopped          not tried: no requested path takes more than 0.3 s; name one that does with --slow-path /…',
    '  skipped  image matches the CPU architecture       the app does not build the image, and a process on this machine does not show its platform',
  ]);
  expect(stdout).toMatch(/\n19 ok, 2 skipped\n$/);
  expect(stderr).not.toContain('not met');
  expect(exitCode).toBe(0);
  // the task and its supervisor.
  expect(started.size).toBeGreaterThan(1);
  expect([...started].filter(processState)).toEqual([]);
});

test('a failed check prints a fix, and the exit code is 1', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['check', '--command', commandOf('ends-at-start'), '--json']);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    service: 'Service',
    checks: expect.arrayContaining([
      {
        name: 'listens on its port',
        status: 'failed',
        reason: 'it ended with exit code 3; last output: no database',
        fix: expect.any(String),
      },
      { name: 'survives malformed requests', status: 'skipped', reason: 'the task was never healthy' },
    ]),
  });
  // in the table only.
  expect(stderr.split('it ended with exit code 3')).toHaveLength(2);
});

/** How long ECS would wait for it. */
const SHORT_WAIT = [
  'deployment.healthCheckGracePeriodSeconds=10',
  'healthCheck.intervalSeconds=5',
  'healthCheck.unhealthyThresholdCount=2',
  'healthCheck.timeoutSeconds=2',
].flatMap((change) => ['--set', change]);

test('a task that does not become healthy is reported while it is waited for, with its last response', async () => {
  const { exitCode, stderr } = await runCommand(['check', '--command', commandOf('has-no-health'), ...SHORT_WAIT]);
  const step = 'waiting at most 10 s for GET /health to respond 200, last: GET /health responded 404';
  // how long it has waited is the machine's; `progress.test.ts` has the seconds of each report.
  expect(stderr.split('\n').some((line) => line.startsWith(`  … ${step}, `))).toBe(true);
  expect(exitCode).toBe(1);
});

test('Ctrl-C during the checks leaves no process', async () => {
  const words = ['check', '--command', commandOf('correct')];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    printed += text;
    // the next result takes seconds: the command must not write to a stream that is no longer read.
    if (printed.includes('accepts long headers')) break;
  }
  expect(tasksLeft(MARK)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a program that does not exist is an input error', async () => {
  const { exitCode, stderr } = await runCommand(['check', '--command', 'nodde server.js']);
  expect(stderr).toContain("error: the task's command 'nodde' does not exist");
  expect(exitCode).toBe(2);
});
