import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import { type Arguments, parseArguments } from './arguments';
import { checkCommand } from './check-command';
import { compareCommand } from './compare-command';
import { forecastCommand } from './forecast-command';
import { Interruption, InterruptionListener } from './interruption';
import { measureCommand } from './measure-command';
import { PACKAGE_FOLDER } from './package-folder';
import { recommendCommand } from './recommend-command';
import { rehearseCommand } from './rehearse-command';

/** Something that the command has no sentence for: a bug. */
const UNEXPECTED = 70;

/** Reads the command line, does what it asks, and returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { version: string };
  try {
    const args = parseArguments(words, version);
    if (args.command === 'printed') return 0;
    return (await run(args, new InterruptionListener())) ? 0 : 1;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Runs a command, and says whether all is as it was expected to be. */
async function run(args: Exclude<Arguments, { readonly command: 'printed' }>, interruption: InterruptionListener): Promise<boolean> {
  const { interrupted } = interruption;
  switch (args.command) {
    case 'forecast':
      return isMet(await forecastCommand(args, interrupted));
    case 'compare':
      return isMet(await compareCommand(args, interrupted));
    case 'recommend':
      return isMet(await recommendCommand(args, interrupted));
    case 'measure':
      return isMet(await measureCommand(args, interrupted));
    case 'check':
      return checkCommand(args, interrupted);
    case 'rehearse':
      return isMet(await rehearseCommand(args, interruption));
  }
}

/** Says each expectation that does not hold. */
function isMet(unmet: readonly string[]): boolean {
  for (const sentence of unmet) process.stderr.write(`not met: ${sentence}\n`);
  return unmet.length === 0;
}

/** Says what went wrong, and returns how a shell is told. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  if (!(error instanceof InvalidInput)) throw error;
  for (const mistake of error.mistakes) process.stderr.write(`error: ${mistake}\n`);
  return 2;
}

main(process.argv.slice(2)).then(
  // what was interrupted may still wait for something that nobody needs any more.
  (exitCode) => (exitCode > 128 ? process.exit(exitCode) : leave(exitCode)),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(UNEXPECTED);
  },
);

/** Leaves once everything printed has been written. */
function leave(exitCode: number): void {
  process.exitCode = exitCode;
}
