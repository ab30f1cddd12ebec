import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Puts a small `docker` first on the PATH until the test ends, for states that a real engine cannot be kept in.
 *
 * @param script what the shell runs; `$1` is the first argument of docker.
 * @returns the folder that is $HERE in the script.
 */
export function standInForDocker(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const program = join(folder, 'docker');
  writeFileSync(program, `#!/bin/sh\nHERE='${folder}'\n${script}\n`);
  chmodSync(program, 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${before}`;
  onTestFinished(() => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
