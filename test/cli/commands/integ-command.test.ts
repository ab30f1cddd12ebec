import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND } from '../run-command';
import { runCommandHere } from '../run-command-here';

/** An app that writes what an app with an IntegTest writes, in the schema of a CDK that integ-runner cannot read. */
const APP = `
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const file = (name, contents) => writeFileSync(join(process.env.CDK_OUTDIR, name), JSON.stringify(contents));
file('manifest.json', { version: '55.0.0' });
if (!process.argv.includes('--without-test'))
  file('integ.json', {
    version: '55.0.0',
    testCases: {
      'Shop/DefaultTest': {
        stacks: ['ShopTest'],
        assertionStack: 'Shop/DefaultTest/DeployAssert',
        hooks: { preDeploy: [process.argv[2] + ' hook preDeploy'], postDestroy: [process.argv[2] + ' hook postDestroy'] },
      },
    },
  });
`;

/** A command with the interface of `cdk`, which records its calls. */
const CDK = `
const { appendFileSync, writeFileSync } = require('node:fs');
const [calls, outcome, ...words] = process.argv.slice(2);
const outputs = words.indexOf('--outputs-file');
const deployed = words.slice(1).filter((word, index, all) => !word.startsWith('-') && !['--outputs-file', '--app', '--require-approval'].includes(all[index - 1]));
appendFileSync(calls, [words[0], ...deployed].join(' ') + '\\n');
const isAssertion = words.some((word) => word.endsWith('DeployAssert'));
if (words[0] === 'deploy' && outcome === 'hangs') setInterval(() => {}, 1000);
if (words[0] === 'deploy' && isAssertion && outcome === 'times out') process.exit(1);
const result = outcome === 'fails' ? { status: 'fail', message: '!! Expected 4 but received 2' } : { status: 'success' };
const stack = isAssertion ? { Assert: { AssertionResultsCount: JSON.stringify(result), AssertionResultsState: '{"status":"success"}' } } : { ShopTest: { Url: 'http://shop' } };
if (outputs > 0) writeFileSync(words[outputs + 1], JSON.stringify(stack));
`;

let folder: string;
let app: string;
let cdk: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'integ-command-'));
  [app, cdk] = [join(folder, 'integ.shop.cjs'), join(folder, 'cdk.cjs')];
  writeFileSync(app, APP);
  writeFileSync(cdk, CDK);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The words that run the test, with a cdk command of the given outcome, and the calls that this has got. */
function commandWith(outcome: string, ...more: string[]): { words: string[]; calls: () => string[] } {
  const file = join(mkdtempSync(join(folder, 'run-')), 'calls.txt');
  const command = `node ${cdk} ${file} '${outcome}'`;
  const words = ['integ', app, '--app', `node {filePath} "${command}"`, '--cdk', command, ...more];
  return { words, calls: () => readFileSync(file, 'utf8').trimEnd().split('\n') };
}

const DEPLOYED = ['hook preDeploy', 'deploy ShopTest', 'deploy Shop/DefaultTest/DeployAssert'];
const DELETED = ['destroy Shop/DefaultTest/DeployAssert ShopTest', 'hook postDestroy'];

describe('integ', () => {
  test('deploys the stacks, then the assertions, deletes both, and exits with 0', async () => {
    const { words, calls } = commandWith('passes');
    const { exitCode, stdout } = await runCommandHere(words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/SUCCESS {4}Shop\/DefaultTest \d+s\n {6}2 assertions met\n/);
    expect(stdout).toMatch(/Tests: {4}1 passed, 1 total\n$/);
    expect(calls()).toEqual([...DEPLOYED, ...DELETED]);
  });

  test('prints an assertion that is not met with what AWS returned, deletes the stacks, and exits with 1', async () => {
    const { words, calls } = commandWith('fails');
    const { exitCode, stdout } = await runCommandHere(words);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 assertions met\n      Count: !! Expected 4 but received 2\n');
    expect(stdout).toMatch(/Tests: {4}1 failed, 1 total\n$/);
    expect(calls()).toEqual([...DEPLOYED, ...DELETED]);
  });

  test('deletes the stacks, and exits with 1, when an assertion was waited for in vain', async () => {
    const { words, calls } = commandWith('times out');
    const { exitCode, stdout } = await runCommandHere(words);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('not deployed, or an assertion was waited for and not met');
    expect(calls()).toEqual([...DEPLOYED, ...DELETED]);
  });

  test('leaves the stacks with --no-clean, and names them', async () => {
    const { words, calls } = commandWith('passes', '--no-clean');
    const { stderr } = await runCommandHere(words);
    expect(stderr).toContain('not deleted: Shop/DefaultTest/DeployAssert, ShopTest');
    expect(calls()).toEqual(DEPLOYED);
  });

  test('deletes the stacks after Ctrl-C, and exits with 130', async () => {
    const { words, calls } = commandWith('hangs');
    const child = spawn(process.execPath, [COMMAND, ...words], { stdio: 'ignore' });
    await expect.poll(() => calls(), { timeout: 30_000 }).toEqual(DEPLOYED.slice(0, 2));
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(130);
    expect(calls()).toEqual([...DEPLOYED.slice(0, 2), ...DELETED]);
  });

  test('ends when the endpoint that stands in for AWS has ended, and deletes nothing', async () => {
    const { words, calls } = commandWith('hangs');
    const endpoint = createServer().listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, [COMMAND, ...words], {
      env: { ...process.env, AWS_ENDPOINT_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await expect.poll(() => calls(), { timeout: 30_000 }).toEqual(DEPLOYED.slice(0, 2));
    endpoint.close();
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`the endpoint ${url} has ended, and with it what was deployed to it`);
    expect(calls()).toEqual(DEPLOYED.slice(0, 2));
  });

  test.each<[string, string[], RegExp]>([
    ['a file that is missing', ['integ', 'none.ts'], /none\.ts must be a file with an integration test, got none/],
    ['no file', ['integ'], /missing required argument 'file'/],
  ])('exits with 2 for %s', async (_, words, message) => {
    const { exitCode, stderr } = await runCommandHere(words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('exits with 2 for an app without a test', async () => {
    const { exitCode, stderr } = await runCommandHere(['integ', app, '--app', 'node {filePath} --without-test']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/must have an IntegTest of @aws-cdk\/integ-tests-alpha, got none/);
  });
});
