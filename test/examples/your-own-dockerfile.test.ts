import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../cli/run-command';
import { EXAMPLES, textIn } from './examples';

const FOLDER = join(EXAMPLES, 'your-own-dockerfile');
const written = mkdtempSync(join(tmpdir(), 'your-own-dockerfile-'));

// lets `npx tsx app.ts` of its cdk.json find this package by its name.
beforeAll(() => void vi.stubEnv('TSX_TSCONFIG_PATH', join(EXAMPLES, '..', 'tsconfig.dev.json')));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(written, { recursive: true });
});

/** The words of each command of this package that the workflow runs. */
const commands = new Map(
  [
    ...textIn('your-own-dockerfile', '.github/workflows/scaling.yml').matchAll(/npx cdk-scalable-stateless-service (\w+)((?:\s+--.*)*)/g),
  ].map(([, name, rest]) => [name!, [name!, ...wordsOf(rest!)]] as const),
);

describe('the workflow of your own Dockerfile', () => {
  test('checks, measures and forecasts', () => {
    expect([...commands.keys()]).toEqual(['check', 'measure', 'forecast']);
  });

  test('finds the container fit for a load balancer', { timeout: 120_000 }, async () => {
    const { exitCode, stdout } = await runCommand(commands.get('check')!, FOLDER);
    // a greeting is sent too soon for a request to be under way when the task is stopped.
    expect(stdout).toMatch(/\n20 ok, 1 skipped\n$/);
    expect(exitCode).toBe(0);
  });

  test('finds that scaling holds', async () => {
    const words = commands.get('forecast')!.map((word) => (word === 'forecast.html' ? join(written, word) : word));
    const { exitCode, stderr } = await runCommand(words, FOLDER);
    expect(stderr).not.toContain('not met');
    expect(exitCode).toBe(0);
  });

  test('measures with options that there are', async () => {
    const { stdout } = await runCommand(['measure', '--help']);
    for (const option of commands.get('measure')!.filter((word) => word.startsWith('--'))) expect(stdout).toContain(`  ${option} `);
  });
});

/** The words of a command line, as a shell parts them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
}
