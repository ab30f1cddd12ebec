import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { parseDurationSeconds } from '../src/scenario/duration';
import { type Expectations, parseTaskRange } from '../src/scenario/expectations';
import { TRAFFIC_SYNTAX } from '../src/scenario/parse-traffic';
import type { TemplateChoice } from './template-source';

/** What commander makes of the options that all commands have. */
export interface SharedOptions extends TemplateChoice {
  readonly traffic?: string;
  readonly seed?: string;
  readonly expectMaxTasks?: string;
  readonly expectFailures?: string;
  readonly json?: boolean;
}

/** What a task comes from where neither an app nor a template is chosen, for a help. */
export const NO_TEMPLATE = ', or no template: the defaults of the construct';

/** Adds the options that say where the template comes from. */
export function addSourceOptions(command: Command, withoutApp = ''): Command {
  return command
    .option('--app <command>', `the command of a CDK app to synthesize (default: the app of ./cdk.json${withoutApp})`)
    .option('--template <file>', 'a synthesized template to read instead of an app')
    .option('--stack <name>', 'the stack, where the app has more than one with a service')
    .option('--service <logical id>', 'the service, where the template has more than one')
    .allowExcessArguments(false);
}

/** Adds the options that all commands about traffic have. */
export function addSharedOptions(command: Command, trafficDefault: string, files = '', withoutApp = ''): Command {
  return addSourceOptions(command, withoutApp)
    .option('--traffic <phases>', `what arrives, such as ${TRAFFIC_SYNTAX}${files} (${trafficDefault})`)
    .option('--seed <number>', 'where chance decides, the same seed decides the same way (default: 1)')
    .option('--json', 'print the result as JSON, and progress to stderr');
}

/** Adds the options that say what a run must come to. */
export function addExpectations(command: Command): Command {
  return command
    .option('--expect-max-tasks <count>', 'fail unless the most tasks at once are this many, as 3 or 3..6')
    .option('--expect-failures <count>', 'fail when more requests than this fail');
}

/** Reads what a run must come to. */
export function expectationsOf(options: SharedOptions): Expectations {
  return {
    maxTasks: options.expectMaxTasks === undefined ? undefined : parseTaskRange(options.expectMaxTasks),
    failures: options.expectFailures === undefined ? undefined : wholeNumber('--expect-failures', options.expectFailures, 0),
  };
}

/** Reads a duration. */
export function seconds(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = parseDurationSeconds(text);
  if (value === undefined) throw new InvalidInput([`${name} must be a duration such as 2ms or 1.5s, got '${text}'`]);
  return value;
}

/** Reads a whole number within bounds. */
export function wholeNumber(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InvalidInput([`${name} must be a whole number ${bounds}, got '${text}'`]);
}
