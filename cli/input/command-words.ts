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

/**
 * Reads a command without a shell: quotes, assignments such as `KEY=value` before the program, and variables such as `$PORT`, which are not
 * replaced within single quotes.
 *
 * @param variables the value of a variable. PORT is known only once a task is started, and its place is kept.
 * @throws InputError if the command names no program or needs a shell; the message has the line to type.
 */
export function readCommandWords(text: string, variables: ReadVariable): CommandWords {
  const tokens = [...text.matchAll(/(?:"(?:\\["\\$]|[^"])*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([token]) => token);
  const operator = tokens.map(operatorOf).find((found) => found !== undefined) ?? SHELL_BUILTINS.find((name) => name === tokens[0]);
  if (operator !== undefined || hasOpenQuote(text)) throw new InputError([needsShell(text, operator)]);
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
  const found = SHELL_OPERATORS.exec(withoutQuoted(token));
  if (found === null) return undefined;
  return /^\d?$/.test(found.input.slice(0, found.index)) ? token : found[0];
}

function withoutQuoted(token: string): string {
  return token.replace(/'[^']*'|"(?:\\["\\$]|[^"])*"|\\./gs, '_');
}

/** Whether a quote is opened and not closed. */
function hasOpenQuote(text: string): boolean {
  return /["']/.test(text.replace(/\\.|"(?:\\["\\$]|[^"])*"|'[^']*'/gs, ''));
}

function needsShell(text: string, operator: string | undefined): string {
  if (operator === undefined) return `--command must close its quotes, got '${text}'`;
  return (
    `--command runs without a shell, which '${operator}' needs: type --command ${quoted(`sh -c ${quoted(withExec(text))}`)} ` +
    '(exec before the last program, so that SIGTERM reaches it)'
  );
}

/** The same command line, whose last simple command replaces the shell. */
function withExec(text: string): string {
  const [, before, last] = /^(.*(?:&&|\|\||;)\s*)?(.*)$/s.exec(text)!;
  // the parts of a pipeline are processes of their own.
  return last!.includes('|') || last!.startsWith('exec ') || last!.endsWith('&') ? text : `${before ?? ''}exec ${last}`;
}

/** Quoted for a POSIX shell. */
function quoted(text: string): string {
  return text.includes("'") && !/["\\$`!]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
