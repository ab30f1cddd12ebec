import { parseDurationSeconds } from '../parse/durations';
import { InputError, throwIfAny } from '../parse/input-error';
import { type AnyFault, type Fault, type FaultKind, faultErrors } from './fault-kinds';
import { FAULT_KINDS, FAULTS } from './fault-rows';

/** How each fault is written; the command's help prints them. */
export const FAULT_EXAMPLES: readonly string[] = FAULT_KINDS.map((kind) => FAULTS[kind].example);

/** A placeholder in the syntax of a fault: its field, and how that is parsed. */
interface Placeholder {
  readonly field: string;
  readonly pattern: string;
  /** Returns NaN for what is not a number or a duration, and adds an error. */
  readonly read: (text: string, errors: string[]) => number;
}

/** The placeholders, in the order of their errors. */
const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  TIME: { field: 'atSeconds', pattern: '(?<TIME>\\S+)', read: readDuration },
  TASKS: { field: 'count', pattern: '(?<TASKS>\\S+)', read: (text, errors) => readNumber('the number of tasks', text, errors) },
  DURATION: { field: 'durationSeconds', pattern: '(?<DURATION>\\S+)', read: readDuration },
  SPEED: {
    field: 'relativeSpeed',
    pattern: '(?<SPEED>\\S+?) ?%',
    read: (text, errors) => readShare('the speed of a slow task', text, errors),
  },
  DELAY: { field: 'addedSeconds', pattern: '(?<DELAY>\\S+)', read: readDuration },
};

const PATTERNS = FAULT_KINDS.map((kind) => [kind, patternOf(FAULTS[kind].syntax)] as const);

/**
 * Parses a fault, such as `stop 1 at 10m`.
 *
 * @throws InputError with every number that cannot be read or is out of range.
 */
export function parseFault(text: string): Fault {
  const words = text.trim().replace(/\s+/g, ' ');
  for (const [kind, pattern] of PATTERNS) {
    const groups = pattern.exec(words)?.groups;
    if (groups !== undefined) return faultOf(kind, groups, words);
  }
  throw new InputError([syntaxError(words)]);
}

/** The syntax of a fault that a text resembles, and how many of its words the text has. */
interface SimilarSyntax {
  readonly kind: FaultKind;
  readonly syntaxWords: readonly string[];
  readonly matchedWords: number;
}

/** Describes the first word that is missing or wrong, with the syntax of the fault that the text resembles most. */
function syntaxError(text: string): string {
  // a space before the percent sign is allowed.
  const words = text.replaceAll(' %', '%').split(' ');
  const mostSimilar = FAULT_KINDS.map((kind) => similarSyntax(kind, words)).reduce((best, other) =>
    other.matchedWords > best.matchedWords ? other : best,
  );
  if (mostSimilar.matchedWords === 0) {
    const firstWords = new Set(FAULT_KINDS.map((kind) => FAULTS[kind].syntax.split(' ')[0]));
    return `a fault must begin with ${[...firstWords].join(', ')}, got '${text}'`;
  }
  const { syntax, example } = FAULTS[mostSimilar.kind];
  return `a fault must read '${syntax}', such as '${example}', got '${text}': ${wordError(mostSimilar, words)}`;
}

function wordError({ syntaxWords, matchedWords }: SimilarSyntax, words: readonly string[]): string {
  const [expected, given] = [syntaxWords[matchedWords], words[matchedWords]];
  if (expected === undefined) return `'${words.slice(matchedWords).join(' ')}' must be left out`;
  if (given === undefined) return `'${expected}' is missing at the end`;
  return words.length < syntaxWords.length ? `'${expected}' is missing before '${given}'` : `'${given}' must be '${expected}'`;
}

function similarSyntax(kind: FaultKind, words: readonly string[]): SimilarSyntax {
  const syntaxWords = FAULTS[kind].syntax.split(' ');
  const isMatched = (syntaxWord: string, word: string): boolean =>
    syntaxWord === word ||
    // a word of the syntax is not the value of a placeholder: the placeholder before it is missing.
    (!syntaxWords.includes(word) &&
      Object.hasOwn(PLACEHOLDERS, syntaxWord) &&
      new RegExp(`^${PLACEHOLDERS[syntaxWord]!.pattern}$`).test(word));
  const firstDifference = syntaxWords.findIndex((syntaxWord, index) => words[index] === undefined || !isMatched(syntaxWord, words[index]));
  return { kind, syntaxWords, matchedWords: firstDifference === -1 ? syntaxWords.length : firstDifference };
}

function faultOf(kind: FaultKind, groups: Readonly<Record<string, string>>, words: string): Fault {
  const errors: string[] = [];
  const fields = Object.entries(PLACEHOLDERS).flatMap(([name, { field, read }]) =>
    groups[name] === undefined ? [] : [[field, read(groups[name], errors)] as const],
  );
  // the syntax of a kind names each of its fields once.
  const fault = { kind, ...Object.fromEntries(fields) } as Fault;
  throwIfAny(errors.length > 0 ? errors.map((error) => `${error} in '${words}'`) : faultErrors(fault, `the fault '${words}'`));
  return fault;
}

function patternOf(syntax: string): RegExp {
  return new RegExp(`^${syntax.replace(/[A-Z]+/g, (name) => PLACEHOLDERS[name]!.pattern)}$`);
}

function readDuration(text: string, errors: string[]): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) errors.push(`a duration must be written like 90s, 5m or 1h30m, got '${text}'`);
  return seconds ?? Number.NaN;
}

function readNumber(name: string, text: string, errors: string[]): number {
  const value = Number(text);
  if (Number.isNaN(value)) errors.push(`${name} must be a number, got '${text}'`);
  return value;
}

/** Reads a percentage as a share, above 0 and at most 1. */
function readShare(name: string, text: string, errors: string[]): number {
  const percent = readNumber(name, text, errors);
  if (percent <= 0 || percent > 100) errors.push(`${name} must be above 0 % and at most 100 %, got '${text} %'`);
  return percent / 100;
}

/** Describes a fault before it begins: `1 task paused for 60 s`. */
export function formatFault(fault: Fault): string {
  const { count }: AnyFault = fault;
  const subject = count === undefined ? subjectOf(fault) : `${count} ${count === 1 ? 'task' : 'tasks'}`;
  return `${subject} ${formatEffect(fault, count)}`;
}

/** Describes a fault that has begun, and affected this number of tasks: `1 task was paused for 60 s`. */
export function formatInjectedFault(fault: Fault, taskCount: number): string {
  const { count }: AnyFault = fault;
  if (count === undefined) return `${subjectOf(fault)} was ${formatEffect(fault)}`;
  const tasks = taskCount === 1 ? '1 task was' : `${taskCount === 0 ? 'no' : taskCount} tasks were`;
  return `${tasks} ${formatEffect(fault, taskCount)}`;
}

function subjectOf({ kind }: Fault): string {
  const row = FAULTS[kind];
  return row.affects === 'task' ? 'tasks' : row.subject;
}

function formatEffect(fault: Fault, taskCount = 1): string {
  const { kind, durationSeconds, relativeSpeed, addedSeconds }: AnyFault = fault;
  const { effect } = FAULTS[kind];
  const speed = relativeSpeed === undefined ? '' : ` to ${Math.round(100 * relativeSpeed)} % of the speed`;
  const added = addedSeconds === undefined ? '' : ` by ${addedSeconds} s a request`;
  const duration = durationSeconds === undefined ? '' : ` for ${durationSeconds} s`;
  return `${taskCount === 1 ? effect : effect.replace(' its ', ' their ')}${speed}${added}${duration}`;
}
