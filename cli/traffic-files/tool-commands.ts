import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import type { JsonObject } from '../../src/parse/json-fields';
import type { Iteration, KnownIteration } from '../../src/traffic/iteration';
import { readK6 } from '../../src/traffic/k6';
import { ITERATION_FIELDS } from '../../src/traffic/traffic-formats';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { readK6Script } from './k6-script';
import { canonicalName, readSettings } from './locust-configuration';
import { TrafficFile } from './traffic-file';
import type { TrafficSource } from './traffic-source';

/** The command line of one tool, after its name. */
type CommandReader = (words: readonly string[], iteration: KnownIteration, folder: string) => Traffic;

const COMMANDS: Readonly<Record<string, CommandReader>> = { k6: k6Command, locust: locustCommand, vegeta: vegetaCommand, hey: heyCommand };

/** The tools whose users have iterations; the others repeat one request. */
const TOOLS_WITH_ITERATIONS = ['k6', 'locust'];

const COMMAND =
  /(?:^|[|;&(]\s*|\s)(?:\S*\/)?(k6\s+run|locust|vegeta\s+attack|hey)\s+(-[^\n|;&]*|[^\n|;&]*\s-{1,2}\w[^\n|;&]*|[^\n|;&]*\.[jt]s\b[^\n|;&]*)/;

/** Whether a file is a shell script with the command line of a load tool. */
export function looksLikeToolCommand({ isFolder, extension, head }: TrafficFile): boolean {
  if (isFolder || !(['.sh', '.bash', ''].includes(extension) || head.startsWith('#!'))) return false;
  return COMMAND.test(withoutComments(head));
}

/** Reads the command line of a load tool in a shell script. */
export function readToolCommands(file: TrafficFile, iteration: KnownIteration): Traffic {
  return readCommand(commandIn(file), iteration, file.folder);
}

/** The numbers of an iteration that have an effect on the command in a shell script. */
export function iterationFieldsOfCommands(file: TrafficFile): readonly (keyof Iteration)[] {
  return iterationFieldsOf(commandIn(file));
}

function commandIn(file: TrafficFile): string {
  const matches = [...withoutComments(file.script).matchAll(new RegExp(COMMAND, 'g'))];
  if (matches.length !== 1)
    throw new InputError([`the script has ${matches.length} commands of load tools: give the one as --traffic 'k6 run …'`]);
  const [, tool, words] = matches[0]!;
  return `${tool} ${words}`;
}

/** Reads the command line of a load tool; undefined for other text. */
export function parseToolCommand(text: string, iteration: KnownIteration, folder: string): TrafficSource | undefined {
  return { traffic: readCommand(text, iteration, folder), iterationFields: iterationFieldsOf(text) };
}

function iterationFieldsOf(command: string): readonly (keyof Iteration)[] {
  return TOOLS_WITH_ITERATIONS.includes(toolOf(wordsIn(command))) ? ITERATION_FIELDS : [];
}

function wordsIn(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}

function toolOf(words: readonly string[]): string {
  return words[0]!.replace(/^.*\//, '');
}

function readCommand(text: string, iteration: KnownIteration, folder: string): Traffic {
  const words = wordsIn(text);
  const name = toolOf(words);
  if (words.some((word) => /\$[\w{(]/.test(word)))
    throw new InputError([`the command of ${name} has variables of the shell: write their values`]);
  return COMMANDS[name]!(words.slice(1), iteration, folder);
}

function withoutComments(text: string): string {
  return text.replace(/\\\r?\n/g, ' ').replace(/^\s*#.*$/gm, '');
}

/** The options of a command line, by their names without dashes; a short one with the name of the long one. */
function optionsOf(
  words: readonly string[],
  longNames: Readonly<Record<string, string>>,
  flags: RegExp,
): { options: Map<string, string[]>; rest: string[] } {
  const options = new Map<string, string[]>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const option = optionIn(words[index]!, longNames);
    if (option === undefined) rest.push(words[index]!);
    else if (option.value !== undefined || flags.test(option.name)) add(options, option.name, option.value ?? '');
    else add(options, option.name, words[++index] ?? '');
  }
  return { options, rest };
}

/** The option in a word such as `--users`, `-u50` or `-rate=5`, with its long name; undefined for other words. */
function optionIn(
  word: string,
  longNames: Readonly<Record<string, string>>,
): { readonly name: string; readonly value?: string } | undefined {
  const [, short, digits] = /^-([A-Za-z])(\d.*)$/.exec(word) ?? [];
  if (short !== undefined && longNames[short] !== undefined) return { name: longNames[short], value: digits };
  const [, name, value] = /^--?([A-Za-z][\w-]*?)(?:=(.*))?$/.exec(word) ?? [];
  return name === undefined ? undefined : { name: longNames[name] ?? name, value };
}

function add(options: Map<string, string[]>, name: string, value: string): void {
  options.set(name, [...(options.get(name) ?? []), value]);
}

const K6_FLAGS =
  /^(no-.*|quiet|q|verbose|v|paused|throw|insecure-skip-tls-verify|linger|discard-response-bodies|include-system-env-vars|http-debug|h|help)$/;

function k6Command(words: readonly string[], iteration: KnownIteration, folder: string): Traffic {
  const { options, rest } = optionsOf(
    words[0] === 'run' ? words.slice(1) : words,
    { u: 'vus', d: 'duration', i: 'iterations', s: 'stage', e: 'env', o: 'out' },
    K6_FLAGS,
  );
  const last = (name: string): JsonObject => (options.has(name) ? { [name]: options.get(name)!.at(-1) } : {});
  const stages = (options.get('stage') ?? [])
    .flatMap((text) => text.split(','))
    .map((text) => {
      const [duration, target] = text.split(':');
      return { duration, target };
    });
  const load: JsonObject = { ...last('vus'), ...last('duration'), ...last('iterations'), ...(stages.length > 0 ? { stages } : {}) };
  const limits: JsonObject = {
    ...last('rps'),
    ...(options.has('min-iteration-duration') ? { minIterationDuration: options.get('min-iteration-duration')!.at(-1) } : {}),
    ...(options.has('execution-segment') ? { executionSegment: options.get('execution-segment')!.at(-1) } : {}),
  };
  const script = rest.map((word) => resolve(folder, word)).find((path) => existsSync(path));
  if (options.has('env'))
    throw new InputError(['the command of k6 sets variables with -e: give the output of k6 inspect with them as a .json file']);
  if (script === undefined) return readK6({ ...load, ...limits }, () => iteration);
  return readK6Script(new TrafficFile(script), iteration, { ...load, ...limits });
}

const LOCUST_FLAGS =
  /^(headless|only-summary|autostart|master|worker|csv-full-history|skip-log|skip-log-setup|print-stats|reset-stats|json|html-.*|expect-.*|version|V|help|h)$/;

function locustCommand(words: readonly string[], iteration: KnownIteration, folder: string): Traffic {
  const { options } = optionsOf(
    words,
    { u: 'users', c: 'users', r: 'spawn-rate', t: 'run-time', f: 'locustfile', H: 'host' },
    LOCUST_FLAGS,
  );
  const settings = new Map([...options].map(([name, values]) => [canonicalName(name), values.at(-1)!]));
  return readSettings(settings, iteration, folder);
}

/** A duration of Go: `1m30s`. */
function goSeconds(text: string | undefined, name: string): number {
  const parts = [...(text ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (text === undefined || parts.length === 0 || parts.map(([part]) => part).join('') !== text)
    throw new InputError([`${name} must be given with a duration such as 30s or 5m, as a load without an end cannot be forecast`]);
  const unit: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 0.001, s: 1, m: 60, h: 3600 };
  return parts.reduce((sum, [, count, name]) => sum + Number(count) * unit[name!]!, 0);
}

const VEGETA_FLAGS = /^(insecure|lazy|http2|h2c|keepalive|chunked|session-tickets)$/;

function vegetaCommand(words: readonly string[]): Traffic {
  const { options } = optionsOf(words.slice(1), {}, VEGETA_FLAGS);
  const [rateText = '50/1s'] = options.get('rate') ?? [];
  const [count, unit = '1s'] = rateText.split('/');
  const durationSeconds = goSeconds(options.get('duration')?.at(-1), '-duration of vegeta');
  const rate = Number(count) / goSeconds(/^\d/.test(unit) ? unit : `1${unit}`, 'the unit of -rate');
  if (!/^\d+$/.test(count!)) throw new InputError(['-rate of vegeta must be a whole number, or one for a time such as 120/1m']);
  const maxWorkers = options.get('max-workers')?.at(-1);
  if (Number(count) === 0 && maxWorkers === undefined) throw new InputError(['-rate=0 of vegeta must go with -max-workers']);
  if (Number(count) === 0) return { phases: [usersPhase(Number(maxWorkers), durationSeconds)] };
  const traffic: Traffic = { phases: [{ kind: 'rps', from: rate, to: rate, thinkSeconds: 0, durationSeconds }] };
  return maxWorkers === undefined
    ? traffic
    : {
        ...traffic,
        remarks: [
          `vegeta has at most ${Number(maxWorkers)} workers: at slow responses it sends less than its rate, which this traffic does not`,
        ],
      };
}

const HEY_FLAGS = /^(h2|cpus|disable-.*|more)$/;

function heyCommand(words: readonly string[]): Traffic {
  const { options } = optionsOf(words, {}, HEY_FLAGS);
  const users = Number(options.get('c')?.at(-1) ?? 50);
  const seconds = goSeconds(options.get('z')?.at(-1), '-z of hey');
  const perUser = options.get('q')?.at(-1);
  const phase = usersPhase(users, seconds);
  return { phases: [perUser === undefined ? phase : { ...phase, pacingSeconds: 1 / Number(perUser) }] };
}

function usersPhase(users: number, durationSeconds: number): TrafficPhase {
  if (!(users > 0)) throw new InputError(['the command must have a number of users above 0']);
  return { kind: 'users', from: users, to: users, thinkSeconds: 0, durationSeconds };
}
