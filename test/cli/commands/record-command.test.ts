import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCommandHere } from '../run-command-here';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  writeFileSync(join(folder, 'file'), '');
  // no credentials, and no port at which anything listens.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL'])
    vi.stubEnv(name, undefined);
  const files = { AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_CONFIG_FILE: '/dev/null' };
  for (const [name, value] of Object.entries({ ...files, AWS_EC2_METADATA_DISABLED: 'true' })) vi.stubEnv(name, value);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('prints the policy that it needs, which only reads', async () => {
  const { exitCode, stdout } = await runCommandHere(['record', '--print-iam-policy'], folder);
  expect(exitCode).toBe(0);
  const [statement] = JSON.parse(stdout).Statement;
  expect(statement.Action.filter((action: string) => !/:(Describe|GetMetricData)/.test(action))).toEqual([]);
  expect(statement.Action).toHaveLength(14);
});

test.each([
  ['no service', [], '--service must be given, as CLUSTER/NAME or an ARN, such as --service shop/web'],
  ['a name without its cluster', ['--service', 'web'], '--service must be CLUSTER/NAME or the ARN of a service, such as shop/web, got '],
  ['a start after the end', ['--service', 'shop/web', '--from', '1d', '--to', '2d'], "--from must be before --to, got '1d' and '2d'"],
  ['a start that is no time', ['--service', 'shop/web', '--from', 'monday'], '--from must be a date such as'],
  ['a speed that does not divide a minute', ['--service', 'shop/web', '--speed', '7'], '--speed must divide a minute into whole seconds'],
  ['a file as its directory', ['--service', 'shop/web', '--directory', 'file'], "--directory must be a folder, got the file 'file'"],
  ['a directory with other files', ['--service', 'shop/web', '--directory', '.'], "got '.' with other files"],
  ['no region', ['--service', 'shop/web', '--directory', 'new'], 'no AWS region is set: set AWS_REGION, or give --service as an ARN'],
  [
    'no credentials',
    ['--service', 'arn:aws:ecs:eu-west-1:123456789012:service/shop/web', '--directory', 'new'],
    'no AWS credentials were found: log in as for the AWS CLI',
  ],
])('%s ends with one sentence and exit code 2, and nothing is written', async (_, words, message) => {
  const { exitCode, stderr } = await runCommandHere(['record', ...words], folder);
  expect(stderr).toContain(message);
  expect(
    stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('  …')),
  ).toHaveLength(1);
  expect(exitCode).toBe(2);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('an endpoint at which nothing listens is named', async () => {
  for (const [name, value] of Object.entries({
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  }))
    vi.stubEnv(name, value);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const { exitCode, stderr } = await runCommandHere(['record', '--service', 'shop/web', '--directory', 'new'], folder);
  expect(stderr).toContain('AWS cannot be reached at http://127.0.0.1:9 (ECONNREFUSED)');
  expect(exitCode).toBe(2);
});
