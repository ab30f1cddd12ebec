import { Command, CommanderError } from 'commander';
import { InputError } from '../src/parse/input-error';
import { addBacktest, type BacktestArguments } from './commands/backtest-options';
import { addCheck, type CheckArguments } from './commands/check-command';
import { addCompare, type CompareArguments } from './commands/compare-command';
import { addEmulate, type EmulateArguments } from './commands/emulate-options';
import { addForecast, type ForecastArguments } from './commands/forecast-command';
import { addGate, type GateArguments } from './commands/gate-command';
import { addInteg, type IntegArguments } from './commands/integ-command';
import { addLint, type LintArguments } from './commands/lint-command';
import { addMeasure, type MeasureArguments } from './commands/measure-command';
import { addRecommend, type RecommendArguments } from './commands/recommend-command';
import { addRecord, type RecordArguments } from './commands/record-options';
import { addRehearse, type RehearseArguments } from './commands/rehearse-options';

/** The parsed command line; `printed` if it was `--help` or `--version`, whose text has been printed. */
export type Arguments =
  | ForecastArguments
  | CompareArguments
  | GateArguments
  | RecommendArguments
  | MeasureArguments
  | CheckArguments
  | LintArguments
  | IntegArguments
  | RehearseArguments
  | EmulateArguments
  | RecordArguments
  | BacktestArguments
  | { readonly command: 'printed' };

/** The short name of the command; the name of the package runs it too. */
const COMMAND_NAME = 'ecs-rehearsal';

const HELP = `
npx ecs-rehearsal needs the installed package; without it, run npx cdk-scalable-stateless-service, which is the same command.

Examples:
  $ npx ecs-rehearsal forecast --app "npx tsx app.ts" --traffic "users 30 for 5m, users 120 for 20m"
  $ npx ecs-rehearsal compare --traffic "users 120 for 30m" --plan "three: minCapacity=3"
  $ npx ecs-rehearsal gate --base origin/main --traffic "users 120 for 30m" --expect-failures 0
  $ npx ecs-rehearsal recommend --traffic "users 120 for 30m" --p95 100ms --tasks-lost 1
  $ npx ecs-rehearsal measure --app "npx tsx app.ts"
  $ npx ecs-rehearsal check --command "node server.js"
  $ npx ecs-rehearsal lint --template cdk.out/Shop.template.json
  $ npx ecs-rehearsal integ integ/integ.shop.ts
  $ npx ecs-rehearsal rehearse --app "npx tsx app.ts" --speed 20
  $ npx ecs-rehearsal emulate --speed 20
  $ npx ecs-rehearsal record --service shop/web --from 7d
  $ npx ecs-rehearsal backtest --recording recording-shop-web --set targetCpuUtilizationPercent=50

Exit code: 0 on success, 1 if an expectation, an objective, a check or an assertion fails, 2 if the input is invalid, 70 after an internal error, 128 + n after signal n.`;

/**
 * Parses the command line.
 *
 * @throws InputError with a message that says what to type instead.
 */
export function parseArguments(argv: readonly string[], version: string): Arguments {
  let result: Arguments = { command: 'printed' };
  const program = commandProgram(version, (parsed) => {
    result = parsed;
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new InputError([messageOf(error)]);
  }
  return result;
}

/**
 * The program with all commands and options, to parse with and to write the reference page from.
 *
 * @param onParsed gets the arguments of the command that was parsed.
 */
export function commandProgram(version: string, onParsed: (parsed: Arguments) => void): Command {
  const program = new Command(COMMAND_NAME)
    .description('Simulate and rehearse the scaling of an ECS service before deploying.')
    .version(version)
    .addHelpText('after', HELP)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  addForecast(program, onParsed);
  addCompare(program, onParsed);
  addGate(program, onParsed);
  addRecommend(program, onParsed);
  addMeasure(program, onParsed);
  addCheck(program, onParsed);
  addLint(program, onParsed);
  addInteg(program, onParsed);
  addRehearse(program, onParsed);
  addEmulate(program, onParsed);
  addRecord(program, onParsed);
  addBacktest(program, onParsed);
  return program;
}

function messageOf(error: CommanderError): string {
  return error.code === 'commander.help'
    ? "no command given: try 'forecast --help' or 'rehearse --help'"
    : `${error.message.replace(/^error: /, '')} (see --help)`;
}
