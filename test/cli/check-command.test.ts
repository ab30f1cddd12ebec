import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { descendantsOf, processState } from './rehearsal/tasks/process-state';
import { COMMAND, runCommand } from './run-command';
import { tasksLeft } from './tasks-left';

/** Tells the tasks of this test from others in a list of processes. */
const MARK = `check-command-test-${process.pid}`;

afterEach(() => expect(tasksLeft(MARK)).toEqual([]));

function commandOf(server: string): string {
  return `node ${join(__dirname, 'check', 'servers', `${server}.cjs`)} ${MARK}`;
}

test('the reference service is fit for a load balancer, and ends with the check', async () => {
  const started = new Set<number>();
  const { exitCode, stdout, stderr } = await runCommand(['check'], __dirname, (processId) => {
    for (const descendant of descendantsOf(processId)) started.add(descendant);
  });
  const table = stdout.split('\n').filter((line) => /^ {2}(ok|warning|failed|not tried) /.test(line));
  expect(table.filter((line) => !line.startsWith('  ok '))).toEqual([
    '  not tried  fits the processor            the image is not built by the app, and a process of this machine says nothing of it',
  ]);
  expect(stdout).toMatch(/\n13 ok, 1 not tried\n$/);
  expect(stderr).not.toContain('not met');
  expect(exitCode).toBe(0);
  // the task, and what keeps it.
  expect(started.size).toBeGreaterThan(1);
  expect([...started].filter(processState)).toEqual([]);
});

test('a server that fails a check says what to do, and ends with exit code 1', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['check', '--command', commandOf('ends-at-start'), '--json']);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    service: 'Service',
    findings: expect.arrayContaining([
      {
        name: 'listens on its port',
        verdict: 'failed',
        reason: 'it ended with exit code 3; its last lines: no database',
        fix: expect.any(String),
      },
      { name: 'survives malformed requests', verdict: 'not tried', reason: 'the task was never healthy' },
    ]),
  });
  // once in the table, and not again.
  expect(stderr.split('it ended with exit code 3')).toHaveLength(2);
});

test('Ctrl-C in the middle leaves nothing behind', async () => {
  const words = ['check', '--command', commandOf('fit')];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (said.includes('answers requests')) break;
  }
  expect(tasksLeft(MARK)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a program that does not exist is bad input', async () => {
  const { exitCode, stderr } = await runCommand(['check', '--command', 'nodde server.js']);
  expect(stderr).toContain("error: the task's command must exist, got 'nodde'");
  expect(exitCode).toBe(2);
});
