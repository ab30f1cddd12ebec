import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../run-command';
import { runCommandHere } from '../run-command-here';
import { shopTemplate } from '../shop-template';

const folder = mkdtempSync(join(tmpdir(), 'recommend-'));
writeFileSync(join(folder, 'shop.json'), shopTemplate());
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['recommend', ['--p95', '100ms', '--tasks-lost', '1']],
  ['compare', ['--plan', 'three: minCapacity=3', '--seeds', '10000']],
])('a signal ends %s while it computes', async (command, options) => {
  const words = [
    command,
    '--template',
    'shop.json',
    '--traffic',
    'users 10..200 for 10h, users 200..30 for 10h, users 300 for 20h',
    ...options,
  ];
  let isSignalled = false;
  const { exitCode, stdout } = await runCommand(words, folder, (processId) => {
    if (!isSignalled) process.kill(processId, 'SIGINT');
    isSignalled = true;
  });
  // ended by the signal, as a shell reports it: 130.
  expect(exitCode).not.toBe(0);
  expect(stdout).not.toContain('Workload');
});

test('a task size that Fargate does not offer is an input error', async () => {
  const { exitCode, stderr } = await runCommandHere(
    ['recommend', '--template', 'shop.json', '--traffic', 'users 30 for 5m', '--cpu', '300'],
    folder,
  );
  expect(stderr).toContain('cpu must be one of 256, 512, 1024');
  expect(exitCode).toBe(2);
});
