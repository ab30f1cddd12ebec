import { runCommandLine } from './run-command-line';

/** The exit code after an internal error, EX_SOFTWARE of sysexits.h: a bug. */
const INTERNAL_ERROR = 70;

runCommandLine(process.argv.slice(2)).then(
  // an interrupted command may still wait for something that is no longer needed.
  (exitCode) => (exitCode > 128 ? process.exit(exitCode) : exitWhenWritten(exitCode)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(INTERNAL_ERROR);
  },
);

/** Exits once all output has been written. */
function exitWhenWritten(exitCode: number): void {
  process.exitCode = exitCode;
}
