import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from './input/reference-service';

/** The exit code after an internal error, EX_SOFTWARE of sysexits.h: a bug. */
const INTERNAL_ERROR = 70;

// from Node 22.1 on, the compiled program is kept for the next start.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

// a reader that has read enough, such as `head`, is no error; a command that still works is interrupted by it.
for (const output of [process.stdout, process.stderr]) output.on('error', throwUnlessClosedByReader);

main(process.argv.slice(2)).then(
  // an interrupted command may still wait for something that is no longer needed.
  (exitCode) => (exitCode > 128 ? process.exit(exitCode) : exitWhenWritten(exitCode)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(INTERNAL_ERROR);
  },
);

/** Runs the command line, and returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { version: string };
  // without the program, which takes longer to load than all the rest.
  if (argv.length === 1 && ['-V', '--version'].includes(argv[0]!)) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const { runCommandLine } = await import('./command-line');
  return runCommandLine(argv, version);
}

/** Exits once all output has been written. */
function exitWhenWritten(exitCode: number): void {
  process.exitCode = exitCode;
}

/** @throws the error of an output, unless its reader has closed it. */
function throwUnlessClosedByReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
