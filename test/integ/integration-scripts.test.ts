import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'integration-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function addProgram(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function run(script: string, ...words: string[]) {
  const env = { ...process.env, PATH: [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter) };
  return spawnSync(process.execPath, [join(ROOT, 'projenrc', script), ...words], { cwd: folder, env, encoding: 'utf8' });
}

/** What integ-runner prints of a dry run in which a changed snapshot would replace a resource. */
const runnerOf = (testResults: string): string =>
  `#!/bin/sh\nprintf '%s\\n' 'Tests:    1 failed, 9 total' 'Failed: integ.web.ts' '  SUCCESS    integ.web-web/Default' '' 'Test Results: ' '' '${testResults}' 'Error: Some changes were destructive!' '    at run (node_modules/@aws-cdk/integ-runner/lib/index.js:1:1)' >&2\nexit 1\n`;

describe.skipIf(process.platform === 'win32')('snapshots are accepted without a deployment', () => {
  test.each([
    ['Tests:    9 passed, 9 total', 0],
    ['Tests:    1 failed, 9 total', 1],
  ])('and of a change that replaces resources, with "%s", the status is %i', (testResults, status) => {
    addProgram('bin/integ-runner', runnerOf(testResults));
    const { status: ended, stdout, stderr } = run('integration-runner.mjs', '--dry-run');
    expect(ended).toBe(status);
    expect(stdout).toContain('changed: integ.web.ts\n1 snapshot was written, 1 of them changed. Nothing was deployed: no test has passed.');
    expect(stdout.includes('A test could not be synthesized')).toBe(status === 1);
    // no test has failed because its snapshot was accepted.
    expect(stderr).not.toMatch(/^Failed:|^Tests: +1 failed.*\n.*Failed|integ-runner\/lib/m);
  });
});

/** Answers each call with empty lists. */
const endpointThatEndsWith = (status: number): string => `
  if (process.argv[2] === 'integ') process.exit(0);
  const server = require('node:http').createServer((_, response) => response.end('{"clusterArns":[],"clusters":[]}'));
  server.listen(0, '127.0.0.1', () => console.log('export AWS_ENDPOINT_URL=http://127.0.0.1:' + server.address().port + '\\nCtrl-C ends it'));
  process.on('SIGINT', () => process.exit(${status}));
`;

describe.skipIf(process.platform !== 'linux')('integration tests on an emulation', () => {
  test.each([130, 3])(
    'end with a status other than 0 if the emulation has not ended as by Ctrl-C, though all have passed: it ends with %i',
    (status) => {
      for (const name of ['bin/python3', 'bin/k6', 'node_modules/.bin/cdk']) addProgram(name, '#!/bin/sh\nexit 0\n');
      addProgram('lib-cli/main.js', endpointThatEndsWith(status));
      const { status: ended, stdout } = run('integration-on-emulation.mjs', 'rollback');
      expect(stdout).toContain('1 of 1 stories');
      expect(ended).toBe(status === 130 ? 0 : 1);
    },
  );
});
