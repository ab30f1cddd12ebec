import { Command, CommanderError } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { addCheck, type CheckArguments } from './check-arguments';
import { addCompare, type CompareArguments } from './compare-arguments';
import { addForecast, type ForecastArguments } from './forecast-arguments';
import { addMeasure, type MeasureArguments } from './measure-arguments';
import { addRecommend, type RecommendArguments } from './recommend-arguments';
import { addRehearse, type RehearseArguments } from './rehearse-arguments';

/** What the command line asks for; `printed` where it asked for help or the version, which are out already. */
export type Arguments =
  | ForecastArguments
  | CompareArguments
  | RecommendArguments
  | MeasureArguments
  | CheckArguments
  | RehearseArguments
  | { readonly command: 'printed' };

const HELP = `
Examples:
  $ npx cdk-scalable-stateless-service forecast --app "npx tsx app.ts" --traffic "users 30 for 5m, users 120 for 20m"
  $ npx cdk-scalable-stateless-service compare --traffic "users 120 for 30m" --plan "three: minCapacity=3"
  $ npx cdk-scalable-stateless-service recommend --traffic "users 120 for 30m" --p95 100ms --tasks-lost 1
  $ npx cdk-scalable-stateless-service measure --app "npx tsx app.ts"
  $ npx cdk-scalable-stateless-service check --command "node server.js"
  $ npx cdk-scalable-stateless-service rehearse --app "npx tsx app.ts" --speed 20

Exit code: 0 when all went well, 1 when an expectation does not hold or a check fails, 2 when the input cannot be used.`;

/**
 * Reads the command line.
 *
 * @throws InvalidInput that says what to type instead.
 */
export function parseArguments(words: readonly string[], version: string): Arguments {
  let result: Arguments = { command: 'printed' };
  const program = new Command('cdk-scalable-stateless-service')
    .description('Says and shows what the scaling policy of an ECS service will do, before it is deployed.')
    .version(version)
    .addHelpText('after', HELP)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  const take = (parsed: Arguments): void => {
    result = parsed;
  };
  addForecast(program, take);
  addCompare(program, take);
  addRecommend(program, take);
  addMeasure(program, take);
  addCheck(program, take);
  addRehearse(program, take);
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new InvalidInput([sentence(error)]);
  }
  return result;
}

function sentence(error: CommanderError): string {
  return error.code === 'commander.help'
    ? "a command must be given, got none: try 'forecast --help' or 'rehearse --help'"
    : `${error.message.replace(/^error: /, '')} (see --help)`;
}
