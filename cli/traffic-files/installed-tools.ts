import { spawnSync } from 'node:child_process';

/** A tool that reads a file takes no longer. */
const MAX_MILLIS = 30_000;
const MAX_OUTPUT_BYTES = 8 * 2 ** 20;

/** Runs a tool, and returns what it prints; undefined if it is not installed, fails or takes too long. */
export function outputOf(command: string, words: readonly string[], folder: string, input = ''): string | undefined {
  const { status, stdout } = spawnSync(command, words, {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: MAX_MILLIS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}
