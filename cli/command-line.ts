import { InputError } from '../src/parse/input-error';
import { type Arguments, parseArguments } from './arguments';
import { checkCommand } from './commands/check-command';
import { compareCommand } from './commands/compare-command';
import { forecastCommand } from './commands/forecast-command';
import { gateCommand } from './commands/gate-command';
import { integCommand } from './commands/integ-command';
import { lintCommand } from './commands/lint-command';
import { measureCommand } from './commands/measure-command';
import { recommendCommand } from './commands/recommend-command';
import { Interruption, InterruptionListener } from './interruption';

/** Parses the command line, runs the command, and returns the exit code. */
export async function runCommandLine(argv: readonly string[], version: string): Promise<number> {
  let interruption: InterruptionListener | undefined;
  try {
    const args = parseArguments(argv, version);
    if (args.command === 'printed') return 0;
    interruption = new InterruptionListener();
    return (await run(args, interruption)) ? 0 : 1;
  } catch (error) {
    return reportError((await interruption?.reason()) ?? error);
  }
}

/** Runs a command, and returns whether its expectations are met. */
async function run(args: Exclude<Arguments, { readonly command: 'printed' }>, interruption: InterruptionListener): Promise<boolean> {
  const { interrupted } = interruption;
  switch (args.command) {
    case 'forecast':
      return printUnmetExpectations(await forecastCommand(args, interrupted));
    case 'compare':
      return printUnmetExpectations(await compareCommand(args, interruption));
    case 'gate':
      return printUnmetExpectations(await gateCommand(args, interruption));
    case 'recommend':
      return printUnmetExpectations(await recommendCommand(args, interruption));
    case 'measure':
      return printUnmetExpectations(await measureCommand(args, interrupted));
    case 'check':
      return checkCommand(args, interrupted);
    case 'lint':
      return lintCommand(args, interrupted);
    case 'integ':
      return integCommand(args, interrupted);
    case 'rehearse': {
      // this command and the next need the load balancer and the fleet: the others start sooner without them.
      const { rehearseCommand } = await import('./commands/rehearse-command');
      return printUnmetExpectations(await rehearseCommand(args, interruption));
    }
    case 'emulate': {
      const { emulateCommand } = await import('./commands/emulate-command');
      await emulateCommand(args, interruption);
      return true;
    }
    case 'record': {
      const { recordCommand } = await import('./commands/record-command');
      await recordCommand(args, interrupted);
      return true;
    }
    case 'backtest': {
      const { backtestCommand } = await import('./commands/backtest-command');
      return printUnmetExpectations(await backtestCommand(args, interrupted));
    }
  }
}

/** Prints each expectation that is not met, and returns whether all are met. */
function printUnmetExpectations(unmet: readonly string[]): boolean {
  for (const message of unmet) process.stderr.write(`not met: ${message}\n`);
  return unmet.length === 0;
}

/** Prints the errors of an invalid input, and returns the exit code. Other errors are thrown again. */
function reportError(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  if (!(error instanceof InputError)) throw error;
  for (const message of error.errors) process.stderr.write(`error: ${message}\n`);
  return 2;
}
