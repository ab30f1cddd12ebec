import { PORT_PLACEHOLDER } from '../../rehearsal/task-runtime/task-command';
import { InputError } from '../../src/parse/input-error';

/** A command line as a shell reads a simple command: assignments, a program and its arguments. */
export interface CommandWords {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The variables that are assigned before the program, such as `NODE_ENV=production node server.js`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where the value of a variable comes from; undefined if it is not set. */
type ReadVariable = (name: string) => string | undefined;

/** Commands of the shell itself, which are no programs. */
const SHELL_BUILTINS = ['cd', 'export', 'source', '.', 'ulimit', 'umask', 'set', 'trap', 'eval'];

/** What only a shell does: the operators, outside of quotes. */
const SHELL_OPERATORS = /&&|\|\||[|&;<>]|`|\$\(/;

/** A word of a command line, with what is quoted in it. */
const WORDS = /(?:"(?:\\["\\$]|[^"])*"|'[^']*'|\\.|[^\s"'\\])+/g;

const QUOTED = /'[^']*'|"(?:\\["\\$]|[^"])*"|\\./gs;

/**
 * Reads a command without a shell: quotes, assignments such as `KEY=value` before the program, and variables such as `$PORT`, which are not
 * replaced within single quotes.
 *
 * @param variables the value of a variable. PORT is known only once a task is started, and its place is kept.
 * @throws InputError if the command names no program or needs a shell; the message has the line to type.
 */
export function readCommandWords(text: string, variables: ReadVariable): CommandWords {
  const tokens = [...text.matchAll(WORDS)].map(([token]) => token);
  const operator = tokens.map(operatorOf).find((found) => found !== undefined) ?? SHELL_BUILTINS.find((name) => name === tokens[0]);
  if (operator !== undefined || hasOpenQuote(text)) throw new InputError([needsShell(text, operator)]);
  const data = tokens.find(isDataWithOperator);
  if (data !== undefined) throw new InputError([needsQuotes(withQuotedData(text), data)]);
  const environment: Record<string, string> = {};
  const read: ReadVariable = (name) => environment[name] ?? variables(name);
  const words = [...tokens];
  for (let match = assignmentOf(words[0]); match !== undefined; match = assignmentOf(words[0])) {
    environment[match.name] = expand(match.value, read);
    words.shift();
  }
  // without a shell there is nothing to replace.
  if (words[0] === 'exec') words.shift();
  if (environment['PORT'] !== undefined)
    throw new InputError([
      `--command must not set PORT, got '${text}': each task gets a free port in PORT, which the command can use as $PORT. ` +
        'A program with a fixed port can be run as a container, with --image or --dockerfile',
    ]);
  const [program, ...rest] = words.map((word) => expand(word, read));
  if (program === undefined || program === '') throw new InputError([`--command must name a program, got '${text}'`]);
  return { program, arguments: rest, environment };
}

function assignmentOf(token: string | undefined): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(token ?? '') ?? [];
  return name === undefined ? undefined : { name, value: value! };
}

/** Removes the quotes of a word, and replaces its variables except within single quotes. */
function expand(word: string, read: ReadVariable): string {
  return [...word.matchAll(/'([^']*)'|"((?:\\["\\$]|[^"])*)"|\\(.)|([^'"\\]+)/gs)]
    .map(([, single, double, escaped, plain]) => single ?? escaped ?? expandVariables(double ?? plain!, read, double !== undefined))
    .join('');
}

/** @param isQuoted whether the text may be a script for a shell, as in `sh -c "…"`: its own variables are left to it. */
function expandVariables(text: string, read: ReadVariable, isQuoted: boolean): string {
  return text.replace(/\\(["\\$])|\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (whole, escaped: string | undefined, braced, plain) => {
    if (escaped !== undefined) return escaped;
    const name = String(braced ?? plain);
    const value = name === 'PORT' ? PORT_PLACEHOLDER : read(name);
    if (value !== undefined) return value;
    if (isQuoted) return whole;
    throw new InputError([
      `--command uses $${name}, which is not set: set it before the program, as in '${name}=value program $${name}', or write '\\$${name}' for the text itself`,
    ]);
  });
}

/** The word that begins with an operator, such as `2>/dev/null`, or the operator within a word, such as that of `a.js;node`. */
function operatorOf(token: string): string | undefined {
  const found = SHELL_OPERATORS.exec(masked(token));
  if (found === null || isDataWithOperator(token)) return undefined;
  return /^\d?$/.test(found.input.slice(0, found.index)) ? token : found[0];
}

/** Operators that data may have too, as `--path=/?a=1&b=2` and `--match=(a|b)` do. */
const OPERATORS_OF_DATA = /[|&;<>]/;

/** Whether a word has operators and is no end of one command and beginning of the next, as `a.js;node` is, but data that a shell would want quoted. */
function isDataWithOperator(token: string): boolean {
  const text = masked(token);
  if (!OPERATORS_OF_DATA.test(text) || /&&|\|\||`|\$\(/.test(text)) return false;
  const parts = text.split(OPERATORS_OF_DATA);
  const isAtEdge = /^\d?$/.test(parts[0]!) || parts.at(-1) === '';
  return !isAtEdge && !parts.every((part) => /^[\w./:@+,${}-]*$/.test(part));
}

/** The text with a character that means nothing in the place of each that is quoted. */
function masked(text: string): string {
  return text.replace(QUOTED, (each) => '_'.repeat(each.length));
}

/** Whether a quote is opened and not closed. */
function hasOpenQuote(text: string): boolean {
  return /["']/.test(text.replace(/\\.|"(?:\\["\\$]|[^"])*"|'[^']*'/gs, ''));
}

function needsShell(text: string, operator: string | undefined): string {
  if (operator === undefined) return `--command must close its quotes, got '${text}'`;
  return (
    `--command runs without a shell, which '${operator}' needs: type --command ${quoted(`sh -c ${quoted(withExec(withQuotedData(text)))}`)} ` +
    '(exec before the last program, so that SIGTERM reaches it)'
  );
}

function needsQuotes(text: string, word: string): string {
  return `--command has '${word}', which a shell would read as more than a word: quote it, type --command ${quoted(text)}`;
}

/** The same command line, in which words that are data have their operators quoted. */
function withQuotedData(line: string): string {
  return line.replace(WORDS, (word) => {
    if (!isDataWithOperator(word)) return word;
    // quotes around the whole word would end at those in it, and keep its variables from being read.
    const text = masked(word);
    return /['"$\\]/.test(word)
      ? word.replace(new RegExp(OPERATORS_OF_DATA, 'g'), (each, index: number) => (text[index] === each ? `\\${each}` : each))
      : `'${word}'`;
  });
}

/** The same command line, whose last simple command replaces the shell. */
function withExec(text: string): string {
  // an ampersand beside an angle bracket redirects.
  const [, before] = /^(.*(?:&&|\|\||;|(?<![<>&])&(?![&>]))\s*)?/s.exec(masked(text))!;
  const [first, last] = [text.slice(0, before?.length ?? 0), text.slice(before?.length ?? 0)];
  // the parts of a pipeline are processes of their own.
  return last === '' || masked(last).includes('|') || last.startsWith('exec ') ? text : `${first}exec ${last}`;
}

/** Quoted for a POSIX shell. */
function quoted(text: string): string {
  return text.includes("'") && !/["\\$`!]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
